namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>The ways to decide that every policy is compared with.</summary>
public static class Baseline
{
    /// <summary>All that the comparison allows: task label and neighbours need folds to learn from, agreement needs answers to look at.</summary>
    public static IReadOnlyList<PolicyRun> RunAll(EvaluationSetup setup, CancellationToken ct)
    {
        var runs = new List<PolicyRun> { SingleExperts.Cheapest(setup) };
        runs.AddRange(SingleExperts.Each(setup));
        runs.Add(RandomMix.Run(setup));
        runs.Add(PreferencePoints(setup, "prompt length", row => row.Prompt.Length));
        runs.Add(ComplexityThresholds.Run(setup));
        if (setup.Folds is not null)
        {
            runs.Add(EstimatedScores.Run(setup, "task label", TaskMeans.Estimate(setup), ct));
            runs.Add(EstimatedScores.Run(setup, "nearest neighbours", NeighbourMeans.Estimate(setup, ct), ct));
        }

        if (setup is { Cascade: true, IsPair: false } && Agreement.Run(setup) is { } agreement)
            runs.Add(agreement);
        runs.Add(Oracle.Run(setup));
        return runs;
    }

    private static PolicyRun PreferencePoints(EvaluationSetup setup, string name, Func<Replay.ReplayRow, double> prefer) =>
        Frontiers.PreferencePoints.Run(setup, name, PolicyKind.Baseline, [.. setup.Table.Rows.Select(prefer)]);
}
