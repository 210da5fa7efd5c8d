namespace Orchestra.Core.Learning.Rollout;

/// <summary>A query of a canary's stage that ended, and that clients have not had all their time to speak of.</summary>
/// <param name="TrajectoryId">The query's trajectory.</param>
/// <param name="Version">The rollout's version under which it was served.</param>
/// <param name="IsCanary">Whether the canary served it; otherwise the active policy did.</param>
/// <param name="IsRejected">Whether its answer was rejected, by a verifier, an error or a client.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record AwaitingQuery(string TrajectoryId, long Version, bool IsCanary, bool IsRejected, DateTimeOffset EndedAt)
{
    /// <summary>What it adds to the sums of its version once it is heard.</summary>
    public RolloutTally Heard
    {
        get
        {
            var arm = new ArmTally { Heard = 1, HeardRejections = IsRejected ? 1 : 0 };
            return IsCanary ? new RolloutTally(default, arm, 0, 0) : new RolloutTally(arm, default, 0, 0);
        }
    }
}
