namespace Orchestra.Grains.Draining;

/// <summary>What grains of this silo do for whichever silo asked. A silo that stops closes conversations first, since they need experts.</summary>
public sealed class SiloWork
{
    /// <summary>Queries that are served here.</summary>
    public WorkGate Conversations { get; } = new();

    /// <summary>Calls of the experts that are held here.</summary>
    public WorkGate Experts { get; } = new();
}
