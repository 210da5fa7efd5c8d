namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>A bound and whether the figure keeps it.</summary>
internal sealed record Target(string Bound, bool Met);
