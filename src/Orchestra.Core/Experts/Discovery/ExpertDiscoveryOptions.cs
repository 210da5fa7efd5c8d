namespace Orchestra.Core.Experts.Discovery;

/// <summary>Where to look for experts.</summary>
public sealed record ExpertDiscoveryOptions
{
    /// <summary>The model servers to look for. Default: <see cref="LocalServer.Usual"/>.</summary>
    public IReadOnlyList<LocalServer> Servers { get; init; } = LocalServer.Usual;

    /// <summary>Ports of this machine on which the node itself will listen, and which are therefore left alone. Default: none.</summary>
    public IReadOnlyCollection<int> OwnPorts { get; init; } = [];

    /// <summary>Names that found experts must not take. Default: <c>orchestra</c>, <c>calculator</c>, <c>search</c>, <c>docs</c>.</summary>
    public IReadOnlyCollection<string> ReservedNames { get; init; } = ["orchestra", "calculator", "search", "docs"];

    /// <summary>How long a model server may take to name its models. Default: 300 ms; above 0.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Models that are taken from one server. Default: 8; at least 1.</summary>
    public int MaxModelsPerServer { get; init; } = 8;
}
