namespace Orchestra.Gateway.Health;

/// <summary>Whether the host takes queries: on after its start, off when it begins to stop, so that load balancers send no more.</summary>
public sealed class Readiness
{
    private volatile bool _isReady;

    /// <summary>Whether the host has started and is not stopping.</summary>
    public bool IsReady => _isReady;

    /// <summary>Takes queries from now on.</summary>
    public void Start() => _isReady = true;

    /// <summary>Takes no more queries; those under way go on.</summary>
    public void Stop() => _isReady = false;
}
