using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Baselines;
using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Evaluation.Reports;

namespace Orchestra.Core.Tests.Learning.Evaluation.Reports;

public sealed class ReportBuilderTests
{
    private static readonly EvaluationSetup Setup = EvaluationSetup.OfExperts(Tables.Random(4, 300), null, cascade: true).With(null, seed: 9);

    [Fact]
    public void A_policy_that_is_as_good_for_half_of_the_price_matches_the_best_expert_at_one_half()
    {
        // Half of the rows go to the dear expert; where it would have failed, the cheap one is asked.
        var scores = Setup.Table.Rows.Select(row => row.Outcomes[Setup.Strong]!.Score).ToArray();
        var point = new OperatingPoint(0, scores.Length, 3);
        for (var i = 0; i < scores.Length; i++)
        {
            point.Scores[i] = scores[i];
            point.AddCall(i, Setup.Strong, 0.01);
        }

        var report = ReportBuilder.Build(Setup, [new PolicyRun("half price", PolicyKind.Learned, [point], point), .. Baseline.RunAll(Setup, default)], default);

        report.Best.Name.ShouldBe("dear");
        var figures = report.Policies[0];
        figures.MatchBestCostRatio.Value.ShouldBe(0.5, 1e-9);
        figures.MatchBestCostRatio.Interval.Low.ShouldBe(0.5, 1e-9);
        figures.Apgr.ShouldBeNull();
        figures.Frontier.ShouldHaveSingleItem().StrongShare.ShouldBe(1);
        figures.AtCostRatios.Single(each => each.CostRatio == 0.5).Accuracy.ShouldBe(report.Best.Shown.Accuracy, 1e-9);
        double.IsNaN(figures.AtCostRatios.Single(each => each.CostRatio == 0.1).Accuracy).ShouldBeTrue();
    }

    [Fact]
    public void Who_never_is_as_good_as_the_best_expert_does_not_match_it()
    {
        var report = ReportBuilder.Build(Setup, Baseline.RunAll(Setup, default), default);
        report.Policies[0].Name.ShouldBe("always-cheapest");
        report.Policies[0].MatchBestCostRatio.Value.ShouldBe(double.PositiveInfinity);
        report.Best.MatchBestCostRatio.Value.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Intervals_hold_their_figures_and_the_band_runs_along_the_frontier()
    {
        foreach (var policy in ReportBuilder.Build(Setup, Baseline.RunAll(Setup, default), default).Policies)
        {
            policy.Shown.Accuracy.ShouldBeInRange(policy.Shown.AccuracyInterval.Low, policy.Shown.AccuracyInterval.High);
            policy.Shown.CostUsdPer1k.ShouldBeInRange(policy.Shown.CostInterval.Low - 1e-9, policy.Shown.CostInterval.High + 1e-9);
            policy.Band.Select(point => point.Accuracy).ShouldBeInOrder();
            policy.Band.ShouldAllBe(point => point.Interval.Low <= point.Interval.High);
            policy.Band[^1].Accuracy.ShouldBe(policy.Frontier.Max(point => point.Accuracy), 1e-9);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        var one = ReportBuilder.Build(Setup, Baseline.RunAll(Setup, default), default);
        var other = ReportBuilder.Build(Setup, Baseline.RunAll(Setup, default), default);
        other.Policies.Select(policy => policy.Shown.AccuracyInterval).ShouldBe(one.Policies.Select(policy => policy.Shown.AccuracyInterval));
        other.Policies.SelectMany(policy => policy.Band).ShouldBe(one.Policies.SelectMany(policy => policy.Band));
    }
}
