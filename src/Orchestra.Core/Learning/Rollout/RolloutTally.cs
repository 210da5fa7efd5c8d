namespace Orchestra.Core.Learning.Rollout;

/// <summary>What the queries of one version of a rollout came to; tallies of several hosts add up.</summary>
/// <param name="Active">Those of the active policy, or of the fallback conductor where none serves.</param>
/// <param name="Canary">Those of the canary.</param>
/// <param name="ShadowDecisions">Queries on which the shadow decided.</param>
/// <param name="ShadowAgreements">Those on which it would have begun as was done.</param>
public readonly record struct RolloutTally(ArmTally Active, ArmTally Canary, long ShadowDecisions, long ShadowAgreements)
{
    /// <summary>The tally of both.</summary>
    public static RolloutTally operator +(RolloutTally a, RolloutTally b) => new(
        a.Active + b.Active, a.Canary + b.Canary, a.ShadowDecisions + b.ShadowDecisions, a.ShadowAgreements + b.ShadowAgreements);
}
