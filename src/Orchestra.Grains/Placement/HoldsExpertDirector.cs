using Orchestra.Grains.Experts;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Orchestra.Grains.Placement;

/// <summary>
/// Leaves the silos that can hold a replica's expert and have its memory free, and of those the ones with the fewest replicas. It runs on the silo that calls, so every silo registers it. The built-in
/// filters compare candidates with the caller, which holds no expert.
/// </summary>
/// <param name="view">What the silos can hold.</param>
internal sealed class HoldsExpertDirector(ClusterView view) : IPlacementFilterDirector
{
    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var expert = ExpertKey.Parse(target.GrainIdentity.Key.ToString()!).Expert;
        var able = silos.Where(silo => view.CanHold(silo, expert)).ToList();
        if (able.Count == 0)
            return able;
        var fewest = able.Min(view.Replicas);
        return able.Where(silo => view.Replicas(silo) == fewest);
    }
}
