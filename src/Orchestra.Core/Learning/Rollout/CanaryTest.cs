using System.Globalization;
using Orchestra.Core.Configuration;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>
/// Says whether a canary is worse than the active policy beyond what is tolerated. It may be asked after every query: the chance that a canary that is no worse
/// is ever called worse stays below the configured rate, shared out over three figures with two sides each.
/// </summary>
public static class CanaryTest
{
    private const int Bounds = 6;

    /// <summary>Why the canary is worse, in one sentence with its figures; null while that is not certain.</summary>
    /// <param name="active">What the active policy's queries came to since the canary began.</param>
    /// <param name="canary">What the canary's came to.</param>
    /// <param name="options">What is tolerated.</param>
    public static string? Worse(ArmTally active, ArmTally canary, RolloutOptions options)
    {
        var alpha = options.FalseRollbackRate / Bounds;
        return MoreRejections(active, canary, options.RejectionTolerance, alpha) ?? MoreDislikes(active, canary, options.RejectionTolerance, alpha)
            ?? HigherCost(active, canary, options, alpha);
    }

    private static string? MoreRejections(ArmTally active, ArmTally canary, double tolerance, double alpha)
    {
        if (!IsAbove(canary.Queries, canary.Rejections, active.Queries, active.Rejections, tolerance, alpha))
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Its answers are rejected more often: {canary.RejectionShare:0.0%} of {canary.Queries} queries, against {active.RejectionShare:0.0%} of {active.Queries}.");
    }

    private static string? MoreDislikes(ArmTally active, ArmTally canary, double tolerance, double alpha)
    {
        if (!IsAbove(canary.Heard, canary.HeardRejections, active.Heard, active.HeardRejections, tolerance, alpha))
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Its answers are rejected more often, feedback included: {canary.HeardRejectionShare:0.0%} of {canary.Heard} queries, against {active.HeardRejectionShare:0.0%} of {active.Heard}.");
    }

    private static bool IsAbove(long canaryQueries, long canaryHits, long activeQueries, long activeHits, double tolerance, double alpha) =>
        TimeUniformBounds.OfShare(canaryQueries, canaryHits, alpha).Lower > TimeUniformBounds.OfShare(activeQueries, activeHits, alpha).Upper + tolerance;

    private static string? HigherCost(ArmTally active, ArmTally canary, RolloutOptions options, double alpha)
    {
        if (active.Queries < options.MinQueries || canary.Queries < options.MinQueries)
            return null;
        var ceiling = TimeUniformBounds.OfMean(active.Queries, active.MeanDollars, active.DollarVariance, alpha).Upper * (1 + options.CostTolerance);
        if (TimeUniformBounds.OfMean(canary.Queries, canary.MeanDollars, canary.DollarVariance, alpha).Lower <= ceiling)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Its queries cost more: ${canary.MeanDollars:0.########} each over {canary.Queries} queries, against ${active.MeanDollars:0.########} over {active.Queries}.");
    }
}
