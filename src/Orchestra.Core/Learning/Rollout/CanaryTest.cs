using System.Globalization;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>
/// Says whether a canary is worse than the active policy beyond what is tolerated. It may be asked after every query: the chance that a canary that is no worse
/// is ever called worse stays below the configured rate, shared out over two figures with two sides each.
/// </summary>
public static class CanaryTest
{
    private const int Bounds = 4;

    /// <summary>Why the canary is worse, in one sentence with its figures; null while that is not certain.</summary>
    /// <param name="active">What the active policy's queries came to since the canary began.</param>
    /// <param name="canary">What the canary's came to.</param>
    /// <param name="options">What is tolerated.</param>
    public static string? Worse(ArmTally active, ArmTally canary, RolloutOptions options)
    {
        var alpha = options.FalseRollbackRate / Bounds;
        return MoreRejections(active, canary, options.RejectionTolerance, alpha) ?? HigherCost(active, canary, options, alpha);
    }

    private static string? MoreRejections(ArmTally active, ArmTally canary, double tolerance, double alpha)
    {
        var ceiling = TimeUniformBounds.OfShare(active.Queries, active.Rejections, alpha).Upper + tolerance;
        if (TimeUniformBounds.OfShare(canary.Queries, canary.Rejections, alpha).Lower <= ceiling)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Its answers are rejected more often: {canary.RejectionShare:0.0%} of {canary.Queries} queries, against {active.RejectionShare:0.0%} of {active.Queries}.");
    }

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
