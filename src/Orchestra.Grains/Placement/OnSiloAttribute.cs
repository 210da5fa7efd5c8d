using Orleans.Placement;

namespace Orchestra.Grains.Placement;

/// <summary>Places a grain on the silo that its key names.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnSiloAttribute() : PlacementAttribute(new OnSiloStrategy());
