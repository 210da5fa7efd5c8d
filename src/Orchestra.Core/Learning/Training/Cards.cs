using System.Globalization;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Writes model cards.</summary>
internal static class Cards
{
    private static readonly double[] Lambdas = [0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10];

    /// <summary>The card of a policy, measured on the rows held out with predictions that have not seen them.</summary>
    public static ModelCard Write(TrainingData data, RowSplit split, GroupTraining training, MoveScorer scorer, TrainingOptions options) => new()
    {
        Seed = options.Seed,
        Data = options.Data,
        Experts = data.Names,
        Previous = options.Previous?.Id,
        Training = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["rows"] = data.Table.Rows.Count,
            ["rows_held_out"] = split.Held.Count,
            ["epochs"] = options.Epochs,
            ["group"] = options.Group,
            ["reward_warm_start"] = Round(training.Held.Initial),
            ["reward"] = Round(training.Held.Chosen),
        },
        Baselines = [.. Enumerable.Range(0, data.Names.Length).Select(expert => Single(data, split, expert)).OfType<CardPoint>()],
        Frontier = [.. Lambdas.Select(lambda => Point(training.Play(split.Held, scorer, lambda), lambda))],
    };

    private static CardPoint? Single(TrainingData data, RowSplit split, int expert)
    {
        var outcomes = split.Held.Select(row => data.Table.Rows[row].Outcomes[expert]).OfType<Replay.ReplayOutcome>().ToList();
        return outcomes.Count == 0 ? null : new CardPoint(data.Names[expert], Round(outcomes.Average(outcome => outcome.Score)), Round(1000 * outcomes.Average(outcome => outcome.CostUsd)), 1);
    }

    private static CardPoint Point(IReadOnlyList<SampledTrajectory> played, double lambda) => new(
        string.Create(CultureInfo.InvariantCulture, $"λ={lambda}"), Round(played.Average(trajectory => trajectory.Score)), Round(1000 * played.Average(trajectory => trajectory.Dollars)),
        Round(played.Average(trajectory => trajectory.Calls.Count)));

    private static double Round(double value) => Math.Round(value, 6);
}
