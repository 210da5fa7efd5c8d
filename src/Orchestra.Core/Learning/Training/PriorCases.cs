using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Makes cases for predicting outcomes before any answer is seen: each expert's as it is known, and now and then once more as if nothing were known of it.</summary>
internal static class PriorCases
{
    private const double Forgotten = 0.4;

    /// <summary>The cases of some rows. The first of each row are those of its experts as they are known, in their order.</summary>
    public static List<CaseGroup> Draw(TrainingData data, IReadOnlyList<int> rows, PriorPredictor predictor, long seed, CancellationToken ct)
    {
        var groups = new CaseGroup[rows.Count];
        using var states = new ThreadLocal<QueryState>(() => new QueryState(data.Blank, data.Table.Experts));
        TrainingCores.For(rows.Count, i => groups[i] = Draw(data, states.Value!, rows[i], predictor, RowRandom.Of(seed, rows[i])), ct);
        return [.. groups];
    }

    private static CaseGroup Draw(TrainingData data, QueryState state, int row, PriorPredictor predictor, Random random)
    {
        data.BeginWithNeighbours(state, row);
        Span<float> scaled = stackalloc float[StructureScale.Length];
        StructureScale.Copy(state.Features, scaled);
        predictor.Scale.Apply(scaled);
        var difficulty = predictor.Difficulty.Of(scaled);
        var known = new List<OutcomeCase>();
        var forgotten = new List<OutcomeCase>();
        for (var expert = 0; expert < state.Experts.Count; expert++)
        {
            if (data.Table.Rows[row].Outcomes[expert] is not { } outcome)
                continue;
            var seen = state.Experts[expert];
            known.Add(Case(state, expert, difficulty, outcome.Score));
            // Experts without outcomes must be predicted too, from their descriptors alone.
            if (random.NextDouble() >= Forgotten)
                continue;
            var (ability, slope, nearby, weight) = (seen.Coordinates[2], seen.Slope, seen.Nearby, seen.NearbyWeight);
            (seen.Coordinates[2], seen.Slope, seen.Nearby, seen.NearbyWeight) = (0, ExpertCoordinates.Slope(seen.Coordinates, 0), 0, 0);
            forgotten.Add(Case(state, expert, difficulty, outcome.Score));
            (seen.Coordinates[2], seen.Slope, seen.Nearby, seen.NearbyWeight) = (ability, slope, nearby, weight);
        }

        return new CaseGroup([.. known, .. forgotten]);
    }

    private static OutcomeCase Case(QueryState state, int expert, float difficulty, double score)
    {
        var numbers = new float[PriorNumbers.Count];
        PriorNumbers.Write(difficulty, state.Experts, expert, numbers);
        return new OutcomeCase(numbers, (float)score, 1);
    }
}
