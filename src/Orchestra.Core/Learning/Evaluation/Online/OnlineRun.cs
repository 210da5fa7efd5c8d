using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Evaluation.Resampling;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation.Online;

/// <summary>A pair's queries in several random orders, each served by a learner that began from nothing.</summary>
/// <param name="Name">The learner's name.</param>
/// <param name="Orders">What happened in each order.</param>
public sealed record OnlineRun(string Name, IReadOnlyList<OnlineOrder> Orders)
{
    /// <summary>
    /// Serves the queries one by one: the preference and the decisions first, then the learner is told what the experts that it asked scored. Orders run beside each other, each with a
    /// learner of its own; the result depends on the seed alone.
    /// </summary>
    /// <param name="setup">The comparison, of a pair.</param>
    /// <param name="start">Makes the learners.</param>
    /// <param name="orders">Number of orders, 1 or more.</param>
    /// <param name="lambda">λ of the decisions.</param>
    /// <param name="finished">Told after each order, from any thread.</param>
    /// <param name="ct">Stops the run.</param>
    public static OnlineRun Run(EvaluationSetup setup, LearnerStart start, int orders, double lambda, Action finished, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        if (!setup.IsPair)
            throw new ArgumentException("Learning as it goes is compared on a pair.", nameof(setup));
        var results = new OnlineOrder[orders];
        var names = new string[orders];
        Parallel.For(0, orders, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, order =>
        {
            var seed = Seeds.Derive(setup.Seed, order);
            var learner = start(setup.Table.With([]), seed);
            names[order] = learner.Name;
            results[order] = Serve(setup, learner, seed, lambda, ct);
            finished();
        });
        return new OnlineRun(names[0], results);
    }

    /// <summary>What was done with each row, on average over the orders, as one operating point.</summary>
    /// <param name="setup">The comparison that was run.</param>
    /// <param name="lambda">λ of the decisions.</param>
    public OperatingPoint Point(EvaluationSetup setup, double lambda)
    {
        var point = new OperatingPoint(lambda, setup.Table.Rows.Count, setup.Table.Experts.Count);
        var part = 1.0 / Orders.Count;
        foreach (var order in Orders)
        {
            for (var i = 0; i < order.Rows.Length; i++)
            {
                var outcomes = setup.Table.Rows[order.Rows[i]].Outcomes;
                var calledWeak = setup.Cascade || !order.CalledStrong[i];
                point.Scores[order.Rows[i]] += part * order.Scores[i];
                point.AddCall(order.Rows[i], setup.Weak, outcomes[setup.Weak]!.CostUsd, calledWeak ? part : 0);
                point.AddCall(order.Rows[i], setup.Strong, outcomes[setup.Strong]!.CostUsd, order.CalledStrong[i] ? part : 0);
            }
        }

        return point;
    }

    private static OnlineOrder Serve(EvaluationSetup setup, IReplayLearner learner, int seed, double lambda, CancellationToken ct)
    {
        var rows = Enumerable.Range(0, setup.Table.Rows.Count).ToArray();
        new Random(seed).Shuffle(rows);
        var result = new OnlineOrder(rows, new double[rows.Length], new double[rows.Length], new double[rows.Length], new bool[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            var episode = setup.Begin(setup.Table.Rows[rows[i]]);
            result.Preferences[i] = learner.PreferStrong(episode, setup.Weak, setup.Strong);
            PolicyRunner.Play(episode, learner, lambda);
            result.Scores[i] = episode.Score;
            result.CostsUsd[i] = episode.CostUsd;
            result.CalledStrong[i] = episode.Asked.Contains(setup.Strong);
            learner.Learn(episode);
        }

        return result;
    }
}
