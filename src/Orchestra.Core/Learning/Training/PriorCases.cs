using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Makes cases for predicting outcomes before any answer is seen.</summary>
internal static class PriorCases
{
    private const double Forgotten = 0.3;

    /// <summary>The cases of some rows.</summary>
    public static List<CaseGroup> Draw(TrainingData data, IReadOnlyList<int> rows, PolicyWeights weights, long seed, CancellationToken ct)
    {
        var groups = new CaseGroup[rows.Count];
        using var states = new ThreadLocal<QueryState>(() => new QueryState(weights, data.Table.Experts));
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = ct }, i => groups[i] = Draw(data, states.Value!, rows[i], RowRandom.Of(seed, rows[i])));
        return [.. groups];
    }

    private static CaseGroup Draw(TrainingData data, QueryState state, int row, Random random)
    {
        data.BeginWithNeighbours(state, row);
        var cases = new List<OutcomeCase>();
        for (var expert = 0; expert < state.Experts.Count; expert++)
        {
            if (data.Table.Rows[row].Outcomes[expert] is not { } outcome)
                continue;
            var seen = state.Experts[expert];
            var (ability, nearby, weight) = (seen.Coordinates[2], seen.Nearby, seen.NearbyWeight);
            // Experts without outcomes must be predicted too, from their descriptors alone.
            if (random.NextDouble() < Forgotten)
                (seen.Coordinates[2], seen.Nearby, seen.NearbyWeight) = (0, 0, 0);
            var numbers = new float[PriorNumbers.Count];
            PriorNumbers.Write(state.Features.Structure, state.Experts, expert, numbers);
            cases.Add(new OutcomeCase([.. seen.Coordinates], numbers, (float)outcome.Score, 1));
            (seen.Coordinates[2], seen.Nearby, seen.NearbyWeight) = (ability, nearby, weight);
        }

        return new CaseGroup(state.Features.Terms.ToArray(), state.Features.TermValue, cases);
    }
}
