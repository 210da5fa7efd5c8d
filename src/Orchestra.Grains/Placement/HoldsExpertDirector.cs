using Orchestra.Grains.Experts;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Orchestra.Grains.Placement;

/// <summary>
/// Leaves, of the silos that can hold a replica's expert and have its memory free, the one where it spreads the expert's replicas best. It runs on the silo that calls, so every silo registers it. The
/// built-in filters compare candidates with the caller, which holds no expert.
/// </summary>
/// <param name="view">What the silos can hold.</param>
internal sealed class HoldsExpertDirector(ClusterView view) : IPlacementFilterDirector
{
    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var key = ExpertKey.Parse(target.GrainIdentity.Key.ToString()!);
        var able = silos.Select(silo => view.SpaceFor(silo, key)).OfType<SiloSpace>().ToList();
        return ReplicaSpread.Choose(key, able, view.NeedMb(key.Expert)) is { } silo ? [silo] : [];
    }
}
