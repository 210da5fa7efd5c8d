using Orleans.Placement;

namespace Orchestra.Grains.Placement;

/// <summary>Marks grains that <see cref="HoldsExpertDirector"/> places.</summary>
internal sealed class HoldsExpertStrategy() : PlacementFilterStrategy(order: 0);
