using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Core.Conducting.Rollout;

/// <summary>What queries that begin now are conducted by; it is replaced as a whole and never changed.</summary>
/// <param name="Rollout">How far which policy has come.</param>
/// <param name="Active">The policy that serves; null where the fallback conductor does.</param>
/// <param name="Candidate">The policy on its way; null where there is none.</param>
public sealed record RolloutSnapshot(PolicyRollout Rollout, PolicyConductor? Active, PolicyConductor? Candidate)
{
    /// <summary>The fallback conductor alone.</summary>
    public static RolloutSnapshot None { get; } = new(PolicyRollout.None, null, null);

    /// <summary>The policy in the shadow stage; null where there is none.</summary>
    public PolicyConductor? Shadow => Rollout.Stage == RolloutStage.Shadow ? Candidate : null;

    /// <summary>The policy in the canary stage; null where there is none.</summary>
    public PolicyConductor? Canary => Rollout.Stage == RolloutStage.Canary ? Candidate : null;
}
