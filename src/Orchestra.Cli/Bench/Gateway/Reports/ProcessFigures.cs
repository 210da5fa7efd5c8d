namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>The node as a process.</summary>
/// <param name="StartMilliseconds">From the start of the process to its first answer, built but with nothing in memory; includes the making of its database.</param>
/// <param name="IdleBytes">Resident memory when it is ready, before the first query.</param>
/// <param name="LoadedBytes">Resident memory right after the last one.</param>
internal sealed record ProcessFigures(double StartMilliseconds, long IdleBytes, long LoadedBytes);
