namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>A row that got no answer.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Code">The error's code.</param>
/// <param name="Trajectory">The trajectory to look at; null where the node gave none.</param>
public sealed record FailedRow(string Id, string Code, string? Trajectory);
