using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>One expert for everything.</summary>
internal static class SingleExperts
{
    /// <summary>The cheapest of those that answered every row.</summary>
    public static PolicyRun Cheapest(EvaluationSetup setup) => Single(setup, "always-cheapest", PolicyKind.Baseline, setup.Complete.MinBy(setup.MeanCostOf));

    /// <summary>Each expert that answered every row, under its own name.</summary>
    public static IEnumerable<PolicyRun> Each(EvaluationSetup setup) => setup.Complete.Select(expert => Single(setup, setup.Table.Experts[expert].Name, PolicyKind.OneExpert, expert));

    /// <summary>What one expert does with every row.</summary>
    public static OperatingPoint PointOf(EvaluationSetup setup, int expert)
    {
        var rows = setup.Table.Rows;
        var point = new OperatingPoint(null, rows.Count, setup.Table.Experts.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            point.Scores[i] = rows[i].Outcomes[expert]!.Score;
            point.AddCall(i, expert, rows[i].Outcomes[expert]!.CostUsd);
        }

        return point;
    }

    private static PolicyRun Single(EvaluationSetup setup, string name, PolicyKind kind, int expert)
    {
        var point = PointOf(setup, expert);
        return new PolicyRun(name, kind, [point], point);
    }
}
