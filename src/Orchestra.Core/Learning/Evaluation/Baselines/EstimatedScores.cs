using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>Decides by estimates of every expert's score, made from other rows.</summary>
internal static class EstimatedScores
{
    /// <summary>The baseline: of a pair the difference is the preference, else the expert with the best estimate less its price is asked, along λ.</summary>
    /// <param name="setup">The comparison.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="estimates">Estimated scores by row and expert; those of experts that did not answer every row are not used.</param>
    /// <param name="ct">Stops the work.</param>
    public static PolicyRun Run(EvaluationSetup setup, string name, double[][] estimates, CancellationToken ct)
    {
        if (setup.IsPair)
        {
            var preferences = estimates.Select(each => each[setup.Strong] - each[setup.Weak]).ToArray();
            if (setup is { RankInFolds: true, Folds: { } folds })
                preferences = Folds.RowFolds.RankWithin(folds, preferences);
            return PreferencePoints.Run(setup, name, PolicyKind.Baseline, preferences);
        }

        var dearest = setup.Complete.Max(setup.MeanCostOf);
        var prices = setup.Complete.Select(expert => dearest > 0 ? setup.MeanCostOf(expert) / dearest : 0).ToArray();
        var points = LambdaGrid.Default.Select(lambda => At(setup, estimates, lambda, prices, ct)).ToList();
        return new PolicyRun(name, PolicyKind.Baseline, points, points[0]);
    }

    private static OperatingPoint At(EvaluationSetup setup, double[][] estimates, double lambda, double[] prices, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var rows = setup.Table.Rows;
        var point = new OperatingPoint(lambda, rows.Count, setup.Table.Experts.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var best = 0;
            for (var j = 1; j < prices.Length; j++)
            {
                if (estimates[i][setup.Complete[j]] - (lambda * prices[j]) > estimates[i][setup.Complete[best]] - (lambda * prices[best]))
                    best = j;
            }

            var outcome = rows[i].Outcomes[setup.Complete[best]]!;
            point.Scores[i] = outcome.Score;
            point.AddCall(i, setup.Complete[best], outcome.CostUsd);
        }

        return point;
    }
}
