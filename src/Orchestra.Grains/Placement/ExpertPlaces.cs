using System.Collections.Frozen;

namespace Orchestra.Grains.Placement;

/// <summary>Where an expert's replicas are, as far as this silo knows.</summary>
/// <param name="Held">The replicas that silos hold.</param>
/// <param name="Lack">What the cluster lacks to hold another replica, and what to do; null where it lacks nothing.</param>
internal sealed record ExpertPlaces(FrozenSet<int> Held, string? Lack)
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly ExpertPlaces Unknown = new([], null);

    /// <summary>Whether a call of a replica can come to anything: there it is, or there is room for it.</summary>
    public bool MayAsk(int replica) => Lack is null || Held.Contains(replica);
}
