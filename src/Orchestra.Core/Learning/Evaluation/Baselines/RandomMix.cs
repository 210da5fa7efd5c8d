using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>Chance instead of judgement, as its expectation: of a pair either expert, else any one. Its frontier mixes the single experts in the best proportions.</summary>
internal static class RandomMix
{
    /// <summary>The baseline.</summary>
    public static PolicyRun Run(EvaluationSetup setup)
    {
        if (setup.IsPair)
            return PreferencePoints.Run(setup, "random mix", PolicyKind.Baseline, new double[setup.Table.Rows.Count]);
        var rows = setup.Table.Rows;
        var shown = new OperatingPoint(null, rows.Count, setup.Table.Experts.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var expert in setup.Complete)
            {
                var outcome = rows[i].Outcomes[expert]!;
                shown.Scores[i] += outcome.Score / setup.Complete.Count;
                shown.AddCall(i, expert, outcome.CostUsd, 1.0 / setup.Complete.Count);
            }
        }

        return new PolicyRun("random mix", PolicyKind.Baseline, [.. setup.Complete.Select(expert => SingleExperts.PointOf(setup, expert))], shown);
    }
}
