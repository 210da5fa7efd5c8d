namespace Orchestra.Core.Learning.Evaluation.Pairs;

/// <summary>
/// Accuracy against the share of questions that get the strong expert, those with the highest preference first. Equal preferences are an unordered group: within it the curve
/// is what a random order reaches on average, so that no policy gains or loses by the order of the table.
/// </summary>
public sealed class PairCurve
{
    /// <summary>The curve is read at 0, 1, … of this many equal steps of the share of strong calls.</summary>
    public const int Steps = 10;

    private readonly int[] _order;
    private readonly bool[] _endsGroup;
    private readonly double[] _gains;
    private readonly double[] _weak;

    private PairCurve(int[] order, bool[] endsGroup, double[] gains, double[] weak)
    {
        _order = order;
        _endsGroup = endsGroup;
        _gains = gains;
        _weak = weak;
    }

    /// <summary>Orders questions by preference; throws <see cref="ArgumentException"/> where the lengths differ or a preference is not a number.</summary>
    /// <param name="preferences">For each question how much the strong expert is preferred, on any scale.</param>
    /// <param name="weak">Scores of the weak expert, 0 to 1.</param>
    /// <param name="strong">Scores of the strong expert, 0 to 1.</param>
    public static PairCurve Create(ReadOnlySpan<double> preferences, ReadOnlySpan<double> weak, ReadOnlySpan<double> strong)
    {
        if (weak.Length != preferences.Length || strong.Length != preferences.Length)
            throw new ArgumentException("Preferences and scores are not of the same questions.", nameof(preferences));
        var keys = preferences.ToArray();
        if (keys.Any(double.IsNaN))
            throw new ArgumentException("A preference is not a number.", nameof(preferences));
        var order = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(keys, order);
        Array.Reverse(keys);
        Array.Reverse(order);
        var endsGroup = new bool[keys.Length];
        var gains = new double[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            endsGroup[i] = i == keys.Length - 1 || keys[i] != keys[i + 1];
            gains[i] = strong[order[i]] - weak[order[i]];
        }

        return new PairCurve(order, endsGroup, gains, weak.ToArray());
    }

    /// <summary>The metrics of the questions, each counted once.</summary>
    public PairMetrics Measure()
    {
        var weights = new double[_order.Length];
        Array.Fill(weights, 1);
        return Measure(weights);
    }

    /// <summary>The metrics where each question counts as often as its weight says.</summary>
    /// <param name="weights">0 or more for each question, in the order in which they were given.</param>
    public PairMetrics Measure(ReadOnlySpan<double> weights)
    {
        Span<double> closed = stackalloc double[Steps + 1];
        var total = 0.0;
        var weak = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            total += weights[i];
            weak += weights[i] * _weak[i];
        }

        if (total <= 0)
            return new PairMetrics(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        Climb(weights, total, closed);
        var gap = closed[Steps];
        var accuracy = new PairMetrics(weak / total, (weak + gap) / total, double.NaN, double.NaN, double.NaN);
        if (gap <= 1e-12 * total)
            return accuracy;
        var area = 0.0;
        for (var i = 1; i <= Steps; i++)
            area += (closed[i - 1] + closed[i]) / 2 / Steps;
        return accuracy with { Apgr = area / gap, Cpt50 = ShareAt(closed, 0.5 * gap), Cpt80 = ShareAt(closed, 0.8 * gap) };
    }

    /// <summary>For each question how often it gets the strong expert, 0 to 1, when this share of all does; a fraction within the group where the share ends.</summary>
    /// <param name="share">The share of questions, 0 to 1.</param>
    public double[] StrongAt(double share)
    {
        var result = new double[_order.Length];
        var left = share * _order.Length;
        for (var start = 0; start < _order.Length && left > 0;)
        {
            var end = start;
            while (!_endsGroup[end])
                end++;
            var size = end - start + 1;
            var part = Math.Min(1, left / size);
            for (; start <= end; start++)
                result[_order[start]] = part;
            left -= size;
        }

        return result;
    }

    /// <summary>Fills in the gain over the weak expert, as a weighted sum, at each step of the share.</summary>
    private void Climb(ReadOnlySpan<double> weights, double total, Span<double> closed)
    {
        var step = 1;
        double count = 0, gain = 0, groupCount = 0, groupGain = 0;
        for (var i = 0; i < _order.Length; i++)
        {
            var weight = weights[_order[i]];
            groupCount += weight;
            groupGain += weight * _gains[i];
            if (!_endsGroup[i])
                continue;
            for (; step < Steps && total * step / Steps <= count + groupCount; step++)
                closed[step] = gain + (groupCount > 0 ? groupGain * ((total * step / Steps) - count) / groupCount : 0);
            count += groupCount;
            gain += groupGain;
            groupCount = 0;
            groupGain = 0;
        }

        for (; step <= Steps; step++)
            closed[step] = gain;
    }

    /// <summary>The least share of strong calls at which this much is gained, on straight lines between the steps.</summary>
    private static double ShareAt(ReadOnlySpan<double> closed, double target)
    {
        for (var i = 1; i <= Steps; i++)
        {
            if (closed[i] >= target)
                return (i - 1 + ((target - closed[i - 1]) / (closed[i] - closed[i - 1]))) / Steps;
        }

        return 1;
    }
}
