namespace Orchestra.Cli.Bench.Gateway;

/// <summary>The few statistics that the bench states.</summary>
internal static class LatencyStatistics
{
    /// <summary>The nearest-rank percentile of values in ascending order; 0 where there are none.</summary>
    public static long Percentile(ReadOnlySpan<long> ascending, double percent)
    {
        if (ascending.IsEmpty)
            return 0;
        var rank = (int)Math.Ceiling(percent / 100 * ascending.Length);
        return ascending[Math.Clamp(rank, 1, ascending.Length) - 1];
    }

    /// <summary>The middle value, or the mean of the two in the middle; 0 where there are none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var ascending = values.Order().ToArray();
        if (ascending.Length == 0)
            return 0;
        var middle = ascending.Length / 2;
        return ascending.Length % 2 == 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
    }
}
