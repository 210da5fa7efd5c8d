using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Evaluation.Pairs;
using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>Makes a report of runs: figures, and their intervals over the same resamples of the rows.</summary>
public static class ReportBuilder
{
    private const int BandPoints = 60;
    private static readonly double[] CostRatios = [0.02, 0.05, 0.1, 0.2, 0.5];

    /// <summary>The report; the runs must hold one of every expert in the setup's <see cref="EvaluationSetup.Complete"/>.</summary>
    /// <param name="setup">The rows, experts and protocol.</param>
    /// <param name="runs">What the policies did.</param>
    /// <param name="ct">Stops the work.</param>
    public static EvaluationReport Build(EvaluationSetup setup, IReadOnlyList<PolicyRun> runs, CancellationToken ct)
    {
        var singles = runs.Where(run => run.Kind == PolicyKind.OneExpert).ToList();
        var best = singles.OrderByDescending(run => run.Shown.Accuracy).ThenBy(run => run.Shown.CostUsdPer1k).First();
        var statistics = runs.Select(run => new RunStatistics(run, best.Shown, BandCosts(run), Curve(setup, run))).ToList();
        var groups = statistics.Select(each => new StatisticGroup(each.Layout.Count, each.Compute)).ToList();
        var intervals = Bootstrap.Intervals(setup.Table.Rows.Count, groups, setup.Seed, ct: ct);
        var ones = new double[setup.Table.Rows.Count];
        Array.Fill(ones, 1);
        var figures = new List<PolicyFigures>();
        for (var i = 0; i < runs.Count; i++)
        {
            var values = new double[statistics[i].Layout.Count];
            statistics[i].Compute(ones, values);
            figures.Add(Figures(setup, runs[i], best.Shown, statistics[i].Layout, [.. values.Zip(intervals[i], (value, interval) => new Estimate(value, interval))]));
        }

        return new EvaluationReport(setup, figures[runs.ToList().IndexOf(best)], figures);
    }

    private static PolicyFigures Figures(EvaluationSetup setup, PolicyRun run, OperatingPoint best, FigureLayout layout, Estimate[] estimates)
    {
        var costs = run.Points.Select(point => point.CostUsdPer1k).ToArray();
        var frontier = ConcaveFrontier.Of(costs, [.. run.Points.Select(point => point.Accuracy)]);
        var atRatios = new List<RatioPoint>();
        foreach (var ratio in CostRatios)
            atRatios.Add(new RatioPoint(ratio, frontier.AccuracyAt(ratio * best.CostUsdPer1k)));
        var shown = Point(setup, run.Shown, estimates[layout.ShownAccuracy], estimates[layout.ShownCost]);
        return new PolicyFigures(run.Name, run.Kind, shown, [.. run.Points.Select((point, i) => Point(setup, point, estimates[FigureLayout.Accuracy(i)], estimates[FigureLayout.Cost(i)]))])
        {
            MatchBestCostRatio = estimates[layout.Match],
            AtCostRatios = atRatios,
            Band = [.. BandCosts(run).Select((cost, i) => new BandPoint(cost, estimates[layout.Band(i)].Value, estimates[layout.Band(i)].Interval))],
            Apgr = HasPreferences(run) ? estimates[layout.Apgr] : null,
            Cpt50 = HasPreferences(run) ? estimates[layout.Cpt50] : null,
            Cpt80 = HasPreferences(run) ? estimates[layout.Cpt80] : null,
        };
    }

    private static FrontierPoint Point(EvaluationSetup setup, OperatingPoint point, Estimate accuracy, Estimate cost) =>
        new(point.Lambda, accuracy.Value, cost.Value, point.CallsPerQuery, point.CallsOf(setup.Strong))
        {
            AccuracyInterval = accuracy.Interval,
            CostInterval = cost.Interval,
            CallsByExpert = [.. Enumerable.Range(0, setup.Table.Experts.Count).Select(point.CallsOf)],
        };

    private static bool HasPreferences(PolicyRun run) => run.Preferences is not null;

    private static PairCurve? Curve(EvaluationSetup setup, PolicyRun run) =>
        run.Preferences is { } preferences ? PairCurve.Create([.. preferences], setup.ScoresOf(setup.Weak), setup.ScoresOf(setup.Strong)) : null;

    /// <summary>Costs from the cheapest point of the run's frontier to its most accurate one, with equal ratios where none is free.</summary>
    private static double[] BandCosts(PolicyRun run)
    {
        var frontier = ConcaveFrontier.Of(run.Points.Select(point => point.CostUsdPer1k).ToArray(), [.. run.Points.Select(point => point.Accuracy)]);
        var (least, most) = (frontier.Costs[0], frontier.Costs[^1]);
        if (frontier.Costs.Length == 1)
            return [least];
        return [.. Enumerable.Range(0, BandPoints).Select(i => (double)i / (BandPoints - 1)).Select(part => least > 0 ? least * Math.Pow(most / least, part) : least + (part * (most - least)))];
    }
}
