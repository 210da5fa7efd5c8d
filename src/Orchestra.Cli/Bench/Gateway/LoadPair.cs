using Orchestra.Cli.Bench.Gateway.Load;

namespace Orchestra.Cli.Bench.Gateway;

/// <summary>The same measurement without and with the node between.</summary>
internal sealed record LoadPair(LoadResult Direct, LoadResult Node);
