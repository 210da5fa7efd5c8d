using Orchestra.Core.Learning.Evaluation.Pairs;
using Orchestra.Core.Learning.Evaluation.Reports;
using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Learning.Evaluation.Online;

/// <summary>Makes figures of learning as it goes.</summary>
public static class OnlineReport
{
    private static readonly int[] Marks = [0, 100, 200, 500, 1000, 2000, 5000, 10_000];

    /// <summary>The figures, with intervals over resamples of the rows that are the same as those of <see cref="ReportBuilder"/>; the orders stay as they are.</summary>
    public static OnlineFigures Build(EvaluationSetup setup, OnlineRun run, CancellationToken ct)
    {
        var rows = setup.Table.Rows.Count;
        var marks = Marks.Where(mark => mark < rows).Append(rows).ToArray();
        var weak = setup.ScoresOf(setup.Weak);
        var strong = setup.ScoresOf(setup.Strong);
        OnlineCurve Curve(OnlineOrder order, int from, int to) => new(order.Rows[from..to], order.Preferences[from..to], weak, strong);
        var until = marks.Select(mark => run.Orders.Select(order => Curve(order, 0, mark)).ToArray()).ToArray();
        var after = marks.Select(mark => run.Orders.Select(order => Curve(order, mark, rows)).ToArray()).ToArray();
        void Compute(ReadOnlySpan<double> weights, Span<double> figures)
        {
            for (var i = 0; i < marks.Length; i++)
            {
                figures[2 * i] = Mean(until[i], weights);
                figures[(2 * i) + 1] = Mean(after[i], weights);
            }
        }

        var ones = new double[rows];
        Array.Fill(ones, 1);
        var values = new double[2 * marks.Length];
        Compute(ones, values);
        var intervals = Bootstrap.Intervals(rows, [new StatisticGroup(values.Length, Compute)], setup.Seed, ct: ct)[0];
        Estimate? At(int figure) => double.IsNaN(values[figure]) ? null : new Estimate(values[figure], intervals[figure]);
        var windows = marks.Select((mark, i) => new OnlineWindow(mark, At(2 * i), At((2 * i) + 1), Spread([.. after[i].Select(curve => curve.Apgr(ones))]))).ToList();
        return new OnlineFigures(windows, OnlineSteps.Of(setup, run, marks));
    }

    private static double Mean(OnlineCurve[] curves, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var curve in curves)
            sum += curve.Apgr(weights);
        return sum / curves.Length;
    }

    private static double Spread(double[] values)
    {
        if (values.Length < 2)
            return double.NaN;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    /// <summary>The curve of a part of an order.</summary>
    private sealed class OnlineCurve(int[] rows, double[] preferences, double[] weak, double[] strong)
    {
        private readonly PairCurve _curve = PairCurve.Create(preferences, [.. rows.Select(row => weak[row])], [.. rows.Select(row => strong[row])]);

        public double Apgr(ReadOnlySpan<double> weights)
        {
            var own = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                own[i] = weights[rows[i]];
            return _curve.Measure(own).Apgr;
        }
    }
}
