namespace Orchestra.Cli.Export;

/// <summary>What an export did.</summary>
/// <param name="File">The file.</param>
/// <param name="Rows">Rows written.</param>
/// <param name="Outcomes">Outcomes in them.</param>
/// <param name="SkippedNoText">Trajectories whose query's text was not kept.</param>
/// <param name="SkippedNoAnswer">Trajectories without an expert's answer.</param>
/// <param name="SkippedNoScore">Trajectories of whose answers nothing is known.</param>
internal sealed record ExportSummary(string File, long Rows, long Outcomes, long SkippedNoText, long SkippedNoAnswer, long SkippedNoScore);
