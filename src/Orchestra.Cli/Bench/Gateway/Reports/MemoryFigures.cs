namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>The node's resident memory.</summary>
/// <param name="IdleBytes">Ready, before the first query.</param>
/// <param name="LoadedBytes">Right after the last one.</param>
internal sealed record MemoryFigures(long IdleBytes, long LoadedBytes);
