using Orleans.Placement;

namespace Orchestra.Grains.Placement;

/// <summary>Places a grain, whose key is that of a replica, only on silos that can hold its expert.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HoldsExpertAttribute() : PlacementFilterAttribute(new HoldsExpertStrategy());
