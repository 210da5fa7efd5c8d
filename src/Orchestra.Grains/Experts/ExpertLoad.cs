namespace Orchestra.Grains.Experts;

/// <summary>What one replica does now.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Running">Calls under way, those that wait included.</param>
/// <param name="Served">Calls that it has ended since it was placed there.</param>
[GenerateSerializer, Immutable, Alias("orchestra.expert-load")]
public sealed record ExpertLoad([property: Id(0)] string Silo, [property: Id(1)] int Running, [property: Id(2)] long Served);
