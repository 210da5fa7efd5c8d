namespace Orchestra.Core.Configuration;

/// <summary>The HTTP surface.</summary>
public sealed class GatewayOptions
{
    /// <summary>Bytes of a request's body. Default 4 MiB, from 1 KiB to 64 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Connections at once; more are refused. Default 10,000, from 1 to 1,000,000.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>How long a graceful stop waits for queries under way. Default 30 s, from 0 to 10 minutes.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether <c>/metrics</c> shows what the process measures, without a key. Default true.</summary>
    public bool Metrics { get; set; } = true;
}
