using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>Knows every outcome beforehand.</summary>
internal static class Oracle
{
    /// <summary>The baseline: of a pair the strong expert where it is better, else one point for each price of a dollar.</summary>
    public static PolicyRun Run(EvaluationSetup setup)
    {
        if (setup.IsPair)
            return OfPair(setup);
        var scale = setup.MeanCostOf(setup.Strong);
        var points = LambdaGrid.Default.Select(lambda => At(setup, lambda, scale > 0 ? lambda / scale : 0)).ToList();
        return new PolicyRun("oracle", PolicyKind.Oracle, points, points[0]);
    }

    private static PolicyRun OfPair(EvaluationSetup setup)
    {
        var gains = setup.ScoresOf(setup.Strong).Zip(setup.ScoresOf(setup.Weak), (strong, weak) => strong - weak).ToArray();
        var shown = PreferencePoints.At(setup, [.. gains.Select(gain => gain > 0 ? 1.0 : 0.0)]);
        return PreferencePoints.Run(setup, "oracle", PolicyKind.Oracle, gains) with { Shown = shown };
    }

    private static OperatingPoint At(EvaluationSetup setup, double lambda, double pricePerDollar)
    {
        var rows = setup.Table.Rows;
        var point = new OperatingPoint(lambda, rows.Count, setup.Table.Experts.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var outcomes = rows[i].Outcomes;
            var best = Enumerable.Range(0, outcomes.Count).Where(expert => outcomes[expert] is not null)
                .OrderByDescending(expert => outcomes[expert]!.Score - (pricePerDollar * outcomes[expert]!.CostUsd))
                .ThenBy(expert => outcomes[expert]!.CostUsd).First();
            point.Scores[i] = outcomes[best]!.Score;
            point.AddCall(i, best, outcomes[best]!.CostUsd);
        }

        return point;
    }
}
