using Orchestra.Core.Learning.Evaluation.Pairs;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation.Frontiers;

/// <summary>Lets policies decide over all rows: greedily along λ, and of a pair their preferences.</summary>
public static class PolicyRunner
{
    /// <summary>Runs one policy over every row.</summary>
    public static PolicyRun Run(EvaluationSetup setup, IReplayPolicy policy, PolicyKind kind, CancellationToken ct) =>
        Run(setup, policy.Name, kind, [(policy, Enumerable.Range(0, setup.Table.Rows.Count).ToArray())], ct);

    /// <summary>Runs several policies, each over rows of its own, which together are one result.</summary>
    /// <param name="setup">The comparison.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="parts">The policies with the rows that they decide, by index; together all rows once.</param>
    /// <param name="ct">Stops the run.</param>
    public static PolicyRun Run(EvaluationSetup setup, string name, PolicyKind kind, IReadOnlyList<(IReplayPolicy Policy, int[] Rows)> parts, CancellationToken ct)
    {
        var rows = setup.Table.Rows.Count;
        var points = LambdaGrid.Default.Select(lambda => new OperatingPoint(lambda, rows, setup.Table.Experts.Count)).ToArray();
        var preferences = setup.IsPair ? new double[rows] : null;
        foreach (var (policy, own) in parts)
        {
            Parallel.ForEach(own, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, row =>
            {
                if (preferences is not null)
                    preferences[row] = policy.PreferStrong(setup.Begin(setup.Table.Rows[row]), setup.Weak, setup.Strong);
                foreach (var point in points)
                    Decide(setup, policy, row, point);
            });
        }

        if (preferences is null)
            return new PolicyRun(name, kind, points, points[0]);
        if (setup is { RankInFolds: true, Folds: { } folds })
            preferences = Folds.RowFolds.RankWithin(folds, preferences);
        var curve = PairCurve.Create(preferences, setup.ScoresOf(setup.Weak), setup.ScoresOf(setup.Strong));
        return new PolicyRun(name, kind, points, PreferencePoints.At(setup, curve.StrongAt(0.5))) { Preferences = preferences };
    }

    /// <summary>Plays an episode to its end. It ends, because every move is possible at most once.</summary>
    internal static void Play(ReplayEpisode episode, IReplayPolicy policy, double lambda)
    {
        while (episode.Finished < 0)
            episode.Make(policy.Decide(episode, lambda));
    }

    private static void Decide(EvaluationSetup setup, IReplayPolicy policy, int row, OperatingPoint point)
    {
        var episode = setup.Begin(setup.Table.Rows[row]);
        Play(episode, policy, point.Lambda!.Value);
        point.Scores[row] = episode.Score;
        foreach (var expert in episode.Asked)
            point.AddCall(row, expert, setup.Table.Rows[row].Outcomes[expert]!.CostUsd);
    }
}
