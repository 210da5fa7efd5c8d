using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Gateway.Admin;

/// <summary>What the queries of one side came to: dollars and seconds for one query on average.</summary>
internal sealed record ArmResponse(
    long Queries, long Rejections, double RejectionShare, double MeanUsd, double MeanSeconds, long Heard, long HeardRejections, double HeardRejectionShare)
{
    public static ArmResponse Of(ArmTally arm) => new(
        arm.Queries, arm.Rejections, arm.RejectionShare, arm.MeanDollars, arm.Queries == 0 ? 0 : arm.Seconds / arm.Queries, arm.Heard, arm.HeardRejections, arm.HeardRejectionShare);
}
