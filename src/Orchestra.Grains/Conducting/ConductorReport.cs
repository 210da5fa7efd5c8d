namespace Orchestra.Grains.Conducting;

/// <summary>With which policies a silo decides.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Conductor">The conductor's kind.</param>
/// <param name="Active">The policy that serves; null where there is none.</param>
/// <param name="Candidate">The policy in shadow or canary; null where there is none.</param>
/// <param name="RolloutVersion">The version of the rollout that the silo follows.</param>
[GenerateSerializer, Immutable, Alias("orchestra.conductor-report")]
public sealed record ConductorReport(
    [property: Id(0)] string Silo, [property: Id(1)] string Conductor, [property: Id(2)] string? Active, [property: Id(3)] string? Candidate, [property: Id(4)] long RolloutVersion);
