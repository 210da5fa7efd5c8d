using Orchestra.Core.Errors;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>Which policy serves and which one is on its way, the same on all hosts of a database; each change makes the next version.</summary>
public sealed record PolicyRollout
{
    /// <summary>Where nothing was ever rolled out.</summary>
    public static PolicyRollout None { get; } = new();

    /// <summary>The number of changes so far.</summary>
    public long Version { get; init; }

    /// <summary>The id of the policy that serves; null where the fallback conductor does.</summary>
    public string? Active { get; init; }

    /// <summary>The id of the policy on its way; null where there is none.</summary>
    public string? Candidate { get; init; }

    /// <summary>How far the candidate has come; of no meaning without one.</summary>
    public RolloutStage Stage { get; init; }

    /// <summary>The canary's share of conversations, above 0 and up to 1; 0 where there is none.</summary>
    public double Share { get; init; }

    /// <summary>When the candidate entered its stage, or the active policy began to serve; null where nothing was ever rolled out.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The id of the policy that served before; null where the fallback conductor did, or nothing is known to go back to.</summary>
    public string? Previous { get; init; }

    /// <summary>Whether a rollback can end the active policy: it took over from <see cref="Previous"/>, or from the fallback conductor where that is null.</summary>
    public bool CanGoBack { get; init; }

    /// <summary>A policy that decides without effect; it takes the place of any other candidate. Throws 409 for the active one.</summary>
    public PolicyRollout Shadow(string policy, DateTimeOffset now) =>
        Next(now) with { Candidate = Inactive(policy), Stage = RolloutStage.Shadow, Share = 0 };

    /// <summary>A policy that serves a share of the conversations; it takes the place of any other candidate. Throws 400 for a wrong share and 409 for the active one.</summary>
    public PolicyRollout Canary(string policy, double share, DateTimeOffset now) => share is > 0 and <= 1
        ? Next(now) with { Candidate = Inactive(policy), Stage = RolloutStage.Canary, Share = share }
        : throw OrchestraException.Invalid("share", "The share is a number above 0 and up to 1, such as 0.05.");

    /// <summary>A policy that serves everything from now on; the one before it is kept to go back to. Throws 409 for the active one.</summary>
    public PolicyRollout Promote(string policy, DateTimeOffset now) => WithoutCandidate(now) with { Active = Inactive(policy), Previous = Active, CanGoBack = true };

    /// <summary>Takes the candidate away where there is one, or else goes back to what served before. Throws 409 where there is nothing to go back to.</summary>
    public PolicyRollout Rollback(DateTimeOffset now)
    {
        if (Candidate is not null)
            return WithoutCandidate(now);
        return CanGoBack
            ? WithoutCandidate(now) with { Active = Previous, Previous = null, CanGoBack = false }
            : throw new OrchestraException(ErrorCode.Conflict, 409, "There is nothing to roll back: no policy is on its way, and none served before the present one.");
    }

    private PolicyRollout WithoutCandidate(DateTimeOffset now) => Next(now) with { Candidate = null, Stage = RolloutStage.Shadow, Share = 0 };

    private PolicyRollout Next(DateTimeOffset now) => this with { Version = Version + 1, Since = now };

    private string Inactive(string policy) => policy != Active
        ? policy
        : throw new OrchestraException(ErrorCode.Conflict, 409, $"The policy {policy} serves already. Name another one, or roll back.");
}
