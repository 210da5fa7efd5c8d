namespace Orchestra.Grains.Placement;

/// <summary>Marks grains that <see cref="OnSiloDirector"/> places.</summary>
internal sealed class OnSiloStrategy : PlacementStrategy;
