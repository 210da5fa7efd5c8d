using Orleans.Runtime.Placement;

namespace Orchestra.Grains.Placement;

/// <summary>Places grains of which every silo has its own: the key is the silo's address.</summary>
internal sealed class OnSiloDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(silo) ? Task.FromResult(silo) : throw new OrleansException($"Silo {silo} is gone, or has no such grain.");
    }
}
