using Orchestra.Core.Learning.Evaluation.Pairs;

namespace Orchestra.Core.Learning.Evaluation.Frontiers;

/// <summary>The points that a preference between the weak and the strong expert reaches, by the share of rows that get the strong one.</summary>
internal static class PreferencePoints
{
    /// <summary>The points at 0 %, 10 % … 100 % strong calls.</summary>
    public static IReadOnlyList<OperatingPoint> AlongShares(EvaluationSetup setup, PairCurve curve) =>
        [.. Enumerable.Range(0, PairCurve.Steps + 1).Select(step => At(setup, curve.StrongAt((double)step / PairCurve.Steps)))];

    /// <summary>The point where each row gets the strong expert with its own probability.</summary>
    public static OperatingPoint At(EvaluationSetup setup, IReadOnlyList<double> strong)
    {
        var rows = setup.Table.Rows;
        var point = new OperatingPoint(null, rows.Count, setup.Table.Experts.Count);
        var weakComesFirst = setup is { IsPair: true, Cascade: true };
        for (var i = 0; i < rows.Count; i++)
        {
            var weak = rows[i].Outcomes[setup.Weak]!;
            var dear = rows[i].Outcomes[setup.Strong]!;
            point.Scores[i] = weak.Score + (strong[i] * (dear.Score - weak.Score));
            point.AddCall(i, setup.Weak, weak.CostUsd, weakComesFirst ? 1 : 1 - strong[i]);
            point.AddCall(i, setup.Strong, dear.CostUsd, strong[i]);
        }

        return point;
    }

    /// <summary>A policy that is nothing but a preference, shown where half of the rows get the strong expert; throws <see cref="ArgumentException"/> where one is not a number.</summary>
    public static PolicyRun Run(EvaluationSetup setup, string name, PolicyKind kind, double[] preferences)
    {
        var points = AlongShares(setup, PairCurve.Create(preferences, setup.ScoresOf(setup.Weak), setup.ScoresOf(setup.Strong)));
        var shown = setup.IsPair ? points[PairCurve.Steps / 2] : points.MaxBy(point => point.Accuracy)!;
        return new PolicyRun(name, kind, points, shown) { Preferences = setup.IsPair ? preferences : null };
    }
}
