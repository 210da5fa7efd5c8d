namespace Orchestra.Cli.Bench.Gateway;

/// <summary>How to run the gateway bench.</summary>
/// <param name="Seconds">Length of each measurement.</param>
/// <param name="Rounds">How often everything is measured, direct and through the node in turn.</param>
/// <param name="WarmUp">Seconds of load before the first measurement.</param>
/// <param name="Connections">Connections of the throughput measurement.</param>
/// <param name="Url">A running node to measure instead of a fresh one; null for a fresh one.</param>
/// <param name="Key">The key for that node.</param>
/// <param name="Model">The model to name.</param>
/// <param name="UpstreamPort">The mock's port; 0 takes a free one.</param>
internal sealed record GatewayBenchOptions(double Seconds, int Rounds, double WarmUp, int Connections, Uri? Url, string Key, string Model, int UpstreamPort);
