namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>One figure without and with the node between.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Direct">Direct to the mock upstream.</param>
/// <param name="Node">Through the node.</param>
/// <param name="Added">What the node adds; null where that makes no sense.</param>
/// <param name="Ratio">Node over direct.</param>
/// <param name="Target">What it is judged against; null where nothing was set.</param>
internal sealed record Figure(string Name, string Unit, double Direct, double Node, double? Added, double Ratio, Target? Target);
