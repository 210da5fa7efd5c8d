using System.Net;

namespace Orchestra.Cli.Replay;

/// <summary>How a replay server listens and answers.</summary>
public sealed record ReplayOptions
{
    /// <summary>The address to listen on; default 127.0.0.1, for the server asks nobody for a key.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port, 0 to 65,535; default 0, which takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether each reply takes as long as it was recorded to take; default false.</summary>
    public bool Latency { get; init; }
}
