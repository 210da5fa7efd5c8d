using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Gateway.Admin;

/// <summary>One change of the rollout.</summary>
internal sealed record RolloutChangeResponse(long Version, DateTimeOffset? At, string Action, string Who, string? Reason, string? Active, string? Candidate, double Share)
{
    public static RolloutChangeResponse Of(RolloutChange change) => new(
        change.State.Version, change.State.Since, change.Action, change.Who, change.Reason, change.State.Active, change.State.Candidate, change.State.Share);
}
