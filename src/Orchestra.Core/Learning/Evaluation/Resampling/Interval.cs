namespace Orchestra.Core.Learning.Evaluation.Resampling;

/// <summary>A range that holds the true value with 95 % confidence.</summary>
/// <param name="Low">The lower end; not a number where the value is not defined.</param>
/// <param name="High">The upper end; infinite where the value was not reached in some resamples.</param>
public readonly record struct Interval(double Low, double High)
{
    private const double Tail = 0.025;

    /// <summary>The range between the 2.5th and the 97.5th percentile, those that are not a number left out.</summary>
    /// <param name="values">The value in each resample; reordered.</param>
    public static Interval Of(Span<double> values)
    {
        var known = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                values[known++] = value;
        }

        if (known == 0)
            return new Interval(double.NaN, double.NaN);
        var sorted = values[..known];
        sorted.Sort();
        return new Interval(At(sorted, Tail), At(sorted, 1 - Tail));
    }

    private static double At(ReadOnlySpan<double> sorted, double part)
    {
        var position = part * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        var share = position - below;
        // An infinite neighbour with weight 0 would make the sum no number.
        return share == 0 || sorted[below] == sorted[above] ? sorted[below] : sorted[below] + (share * (sorted[above] - sorted[below]));
    }
}
