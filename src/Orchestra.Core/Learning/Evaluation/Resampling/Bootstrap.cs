namespace Orchestra.Core.Learning.Evaluation.Resampling;

/// <summary>
/// The percentile bootstrap over rows. All statistics see the same resamples, so that figures of several policies are paired. Each resample has a seed of its own: the result
/// does not depend on how many cores share the work.
/// </summary>
public static class Bootstrap
{
    /// <summary>Resamples that reports are made from.</summary>
    public const int Resamples = 1000;

    /// <summary>The intervals of each group's figures.</summary>
    /// <param name="rows">Number of rows; each resample draws as many, with replacement.</param>
    /// <param name="groups">The figures.</param>
    /// <param name="seed">The seed of all chance here.</param>
    /// <param name="resamples">Number of resamples, 1 or more.</param>
    /// <param name="ct">Stops the work.</param>
    public static IReadOnlyList<Interval[]> Intervals(int rows, IReadOnlyList<StatisticGroup> groups, long seed, int resamples = Resamples, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var figures = groups.Select(group => Enumerable.Range(0, group.Count).Select(_ => new double[resamples]).ToArray()).ToArray();
        var buffer = groups.Count == 0 ? 0 : groups.Max(group => group.Count);
        var parallel = new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, resamples, parallel, () => (Weights: new double[rows], Results: new double[buffer]), (resample, _, space) =>
        {
            Draw(space.Weights, Seeds.Derive(seed, resample));
            for (var i = 0; i < groups.Count; i++)
            {
                groups[i].Compute(space.Weights, space.Results.AsSpan(0, groups[i].Count));
                for (var j = 0; j < groups[i].Count; j++)
                    figures[i][j][resample] = space.Results[j];
            }

            return space;
        }, _ => { });
        return [.. figures.Select(group => group.Select(values => Interval.Of(values)).ToArray())];
    }

    private static void Draw(double[] weights, int seed)
    {
        Array.Clear(weights);
        var random = new Random(seed);
        for (var i = 0; i < weights.Length; i++)
            weights[random.Next(weights.Length)]++;
    }
}
