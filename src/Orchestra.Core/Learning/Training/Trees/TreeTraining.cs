using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training.Trees;

/// <summary>Fits boosted trees to outcomes: each tree lowers what the ones before left of the cross-entropy, and sees a share of the queries and of the numbers.</summary>
internal static class TreeTraining
{
    private const double QueryShare = 0.6;
    private const double NumberShare = 0.3;
    private const int LeastNumbers = 8;

    /// <summary>Fits trees to what is left beside the cases' offsets.</summary>
    /// <param name="groups">The cases, by query.</param>
    /// <param name="trees">How many trees.</param>
    /// <param name="rate">The share of the best step that each goes, 0 to 1.</param>
    /// <param name="seed">The seed of the shares.</param>
    /// <param name="ct">Stops it.</param>
    public static BoostedTrees Fit(IReadOnlyList<CaseGroup> groups, int trees, double rate, long seed, CancellationToken ct)
    {
        var cases = groups.SelectMany(group => group.Cases).ToList();
        var numbers = new BinnedNumbers(cases, ct);
        var grower = new TreeGrower(numbers);
        var useful = Enumerable.Range(0, numbers.Numbers).Where(number => numbers.ThresholdsOf(number) > 0).ToArray();
        var logOdds = cases.Select(one => one.Offset).ToArray();
        var (slopes, curvatures) = (new double[cases.Count], new double[cases.Count]);
        var starts = Starts(groups);
        var random = new Random((int)(seed & int.MaxValue));
        var grown = new List<GrownTree>();
        for (var tree = 0; tree < trees && useful.Length > 0; tree++)
        {
            ct.ThrowIfCancellationRequested();
            for (var i = 0; i < cases.Count; i++)
            {
                var chance = OutcomeWeights.Sigmoid(logOdds[i]);
                slopes[i] = cases[i].Weight * (chance - cases[i].Score);
                curvatures[i] = cases[i].Weight * Math.Max(1e-4, chance * (1 - chance));
            }

            random.Shuffle(useful);
            var offered = useful[..Math.Min(useful.Length, Math.Max(LeastNumbers, (int)(useful.Length * NumberShare)))];
            Array.Sort(offered);
            var added = new GrownTree();
            grower.Grow(Draw(starts, random), offered, slopes, curvatures, rate, added);
            grown.Add(added);
            var sum = Of([added]);
            for (var i = 0; i < cases.Count; i++)
                logOdds[i] += sum.Sum(cases[i].Numbers);
        }

        return Of(grown);
    }

    /// <summary>The index of each query's first case, and behind them the number of cases.</summary>
    private static int[] Starts(IReadOnlyList<CaseGroup> groups)
    {
        var starts = new int[groups.Count + 1];
        for (var i = 0; i < groups.Count; i++)
            starts[i + 1] = starts[i] + groups[i].Cases.Count;
        return starts;
    }

    /// <summary>The cases of a share of the queries: cases of one query are too alike to be drawn one by one.</summary>
    private static int[] Draw(int[] starts, Random random)
    {
        var drawn = new List<int>(starts[^1]);
        for (var group = 0; group < starts.Length - 1; group++)
        {
            if (random.NextDouble() < QueryShare)
                drawn.AddRange(Enumerable.Range(starts[group], starts[group + 1] - starts[group]));
        }

        return [.. drawn];
    }

    private static BoostedTrees Of(List<GrownTree> grown) => new(
        [.. grown.SelectMany(tree => tree.Splits.Select(split => split.Number))], [.. grown.SelectMany(tree => tree.Splits.Select(split => split.Threshold))],
        [.. grown.SelectMany(tree => tree.Leaves)]);
}
