using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation.Folds;

/// <summary>Parts rows into folds for cross-validation.</summary>
public static class RowFolds
{
    /// <summary>The fold of each row, 0 to <paramref name="folds"/> − 1: equal in size, drawn by the seed, and rows of the same prompt in the same fold.</summary>
    public static IReadOnlyList<int> Assign(IReadOnlyList<ReplayRow> rows, int folds, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var groups = Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].Prompt, StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        new Random(Resampling.Seeds.Derive(seed, 0)).Shuffle(groups);
        var sizes = new int[folds];
        var result = new int[rows.Count];
        foreach (var group in groups)
        {
            var fold = Array.IndexOf(sizes, sizes.Min());
            sizes[fold] += group.Length;
            foreach (var row in group)
                result[row] = fold;
        }

        return result;
    }

    /// <summary>The rows of one fold, by index.</summary>
    public static int[] RowsOf(IReadOnlyList<int> folds, int fold) => [.. Enumerable.Range(0, folds.Count).Where(row => folds[row] == fold)];

    /// <summary>Replaces each value by its rank among those of its fold, 0 to 1; equal values share their mean rank.</summary>
    public static double[] RankWithin(IReadOnlyList<int> folds, IReadOnlyList<double> values)
    {
        var result = new double[values.Count];
        foreach (var fold in folds.Distinct())
        {
            var rows = RowsOf(folds, fold);
            var sorted = rows.Select(row => values[row]).Order().ToArray();
            var firsts = new Dictionary<double, (int First, int Count)>();
            for (var i = 0; i < sorted.Length; i++)
                firsts[sorted[i]] = firsts.TryGetValue(sorted[i], out var seen) ? (seen.First, seen.Count + 1) : (i, 1);
            foreach (var row in rows)
            {
                var (first, count) = firsts[values[row]];
                result[row] = (first + (count / 2.0)) / rows.Length;
            }
        }

        return result;
    }
}
