using System.Numerics;
using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Evaluation.Pairs;

namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>Computes the figures of one run from weights of its rows: accuracy and cost of each point, the frontier at given costs, its match of the best expert, the metrics of a pair.</summary>
internal sealed class RunStatistics
{
    private readonly PolicyRun _run;
    private readonly OperatingPoint _best;
    private readonly double[] _bandCosts;
    private readonly PairCurve? _curve;

    /// <summary>Prepares a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="best">What the best single expert does.</param>
    /// <param name="bandCosts">Dollars for a thousand queries at which the frontier is read.</param>
    /// <param name="curve">The curve of its preferences; null without a pair.</param>
    public RunStatistics(PolicyRun run, OperatingPoint best, double[] bandCosts, PairCurve? curve)
    {
        _run = run;
        _best = best;
        _bandCosts = bandCosts;
        _curve = curve;
        Layout = new FigureLayout(run.Points.Count, bandCosts.Length, curve is not null);
    }

    /// <summary>Where each figure stands.</summary>
    public FigureLayout Layout { get; }

    /// <summary>Fills in the figures as <see cref="Layout"/> says.</summary>
    public void Compute(ReadOnlySpan<double> weights, Span<double> figures)
    {
        var total = Sum(weights);
        var count = _run.Points.Count;
        Span<double> costs = stackalloc double[count];
        Span<double> accuracies = stackalloc double[count];
        for (var i = 0; i < count; i++)
        {
            accuracies[i] = figures[FigureLayout.Accuracy(i)] = Dot(weights, _run.Points[i].Scores) / total;
            costs[i] = figures[FigureLayout.Cost(i)] = Dot(weights, _run.Points[i].CostsUsd) / total * 1000;
        }

        figures[Layout.ShownAccuracy] = Dot(weights, _run.Shown.Scores) / total;
        figures[Layout.ShownCost] = Dot(weights, _run.Shown.CostsUsd) / total * 1000;
        var bestCost = Dot(weights, _best.CostsUsd) / total * 1000;
        var frontier = ConcaveFrontier.Of(costs, accuracies);
        figures[Layout.Match] = bestCost > 0 ? frontier.CostOf(Dot(weights, _best.Scores) / total) / bestCost : double.NaN;
        for (var i = 0; i < _bandCosts.Length; i++)
        {
            // In a resample the cheapest point costs a little more or less: the band must not end there.
            figures[Layout.Band(i)] = frontier.AccuracyAt(Math.Max(_bandCosts[i], frontier.Costs[0]));
        }

        if (_curve is null)
            return;
        var metrics = _curve.Measure(weights);
        figures[Layout.Apgr] = metrics.Apgr;
        figures[Layout.Cpt50] = metrics.Cpt50;
        figures[Layout.Cpt80] = metrics.Cpt80;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }

    private static double Dot(ReadOnlySpan<double> weights, double[] values)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += new Vector<double>(weights[i..]) * new Vector<double>(values, i);
        var sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
            sum += weights[i] * values[i];
        return sum;
    }
}
