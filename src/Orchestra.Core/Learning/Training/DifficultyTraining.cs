using Orchestra.Core.Learning.Features;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>
/// Fits how hard queries are: ridge regression of what experts missed on the structure of queries. It is drawn towards what holds for questions in general: longer ones, with more quantities and more
/// relations between them, take more steps. Little data leaves it there.
/// </summary>
internal static class DifficultyTraining
{
    private const double Penalty = 5_000;

    private static readonly Dictionary<string, float> Expected = new(StringComparer.Ordinal) { ["length"] = 0.14f, ["quantities"] = 0.1f, ["sentences"] = 0.04f, ["relations"] = 0.05f };

    /// <summary>Fits the difficulty.</summary>
    /// <param name="table">Rows of outcomes.</param>
    /// <param name="rows">Indices of the rows to learn from.</param>
    /// <param name="scaled">The numbers of each of those rows' queries, from <see cref="StructureScale"/>.</param>
    public static QueryDifficulty Fit(ReplayTable table, IReadOnlyList<int> rows, IReadOnlyList<float[]> scaled)
    {
        var regression = new LeastSquares(QueryStructure.Count);
        var missed = Missed(table, rows);
        for (var row = 0; row < rows.Count; row++)
        {
            if (missed[row] is { } target)
                regression.Add(scaled[row].AsSpan(0, QueryStructure.Count), target);
        }

        return new QueryDifficulty(regression.Solve([.. QueryStructure.Names.Select(name => Expected.GetValueOrDefault(name))], Penalty));
    }

    /// <summary>How much worse than usual the experts of each row did, in standard deviations of their scores, on average; null where no expert ever differs.</summary>
    private static double?[] Missed(ReplayTable table, IReadOnlyList<int> rows)
    {
        var sums = new double?[rows.Count];
        var counts = new int[rows.Count];
        for (var expert = 0; expert < table.Experts.Count; expert++)
        {
            var scores = rows.Select(row => table.Rows[row].Outcomes[expert]?.Score).ToList();
            var mean = scores.Average() ?? 0;
            var deviation = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)) ?? 0);
            if (deviation < 1e-6)
                continue;
            for (var row = 0; row < rows.Count; row++)
            {
                if (scores[row] is not { } score)
                    continue;
                sums[row] = (sums[row] ?? 0) + ((mean - score) / deviation);
                counts[row]++;
            }
        }

        return [.. sums.Zip(counts, (sum, count) => sum / count)];
    }
}
