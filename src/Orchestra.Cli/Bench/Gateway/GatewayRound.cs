namespace Orchestra.Cli.Bench.Gateway;

/// <summary>One round: each measurement direct to the mock and through the node, one after the other.</summary>
internal sealed record GatewayRound(LoadPair Single, LoadPair Many, LoadPair Stream);
