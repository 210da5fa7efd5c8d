namespace Orchestra.Core.Learning.Evaluation.Frontiers;

/// <summary>
/// The best accuracy for each cost that a policy reaches, where two of its settings may be mixed: the upper concave hull of its points, from the cheapest to the most accurate.
/// </summary>
public readonly ref struct ConcaveFrontier
{
    private readonly ReadOnlySpan<double> _costs;
    private readonly ReadOnlySpan<double> _accuracies;

    private ConcaveFrontier(ReadOnlySpan<double> costs, ReadOnlySpan<double> accuracies)
    {
        _costs = costs;
        _accuracies = accuracies;
    }

    /// <summary>Costs of the corners, rising.</summary>
    public ReadOnlySpan<double> Costs => _costs;

    /// <summary>Accuracies of the corners, rising.</summary>
    public ReadOnlySpan<double> Accuracies => _accuracies;

    /// <summary>Finds the frontier of points; the spans are sorted in place and hold it afterwards.</summary>
    /// <param name="costs">Costs, in any unit.</param>
    /// <param name="accuracies">Accuracies of the same points.</param>
    public static ConcaveFrontier Of(Span<double> costs, Span<double> accuracies)
    {
        costs.Sort(accuracies);
        var corners = 0;
        for (var i = 0; i < costs.Length; i++)
        {
            var (cost, accuracy) = (costs[i], accuracies[i]);
            if (corners > 0 && accuracy <= accuracies[corners - 1])
                continue;
            if (corners > 0 && cost <= costs[corners - 1])
                corners--;
            while (corners > 1 && Slope(costs, accuracies, corners - 2, corners - 1) <= (accuracy - accuracies[corners - 1]) / (cost - costs[corners - 1]))
                corners--;
            costs[corners] = cost;
            accuracies[corners++] = accuracy;
        }

        return new ConcaveFrontier(costs[..corners], accuracies[..corners]);
    }

    /// <summary>The best accuracy at this cost; not a number below the cheapest point.</summary>
    public double AccuracyAt(double cost)
    {
        if (_costs.IsEmpty || cost < _costs[0])
            return double.NaN;
        for (var i = 1; i < _costs.Length; i++)
        {
            if (cost < _costs[i])
                return _accuracies[i - 1] + ((cost - _costs[i - 1]) * Slope(_costs, _accuracies, i - 1, i));
        }

        return _accuracies[^1];
    }

    /// <summary>The least cost at which this accuracy is reached; infinite where it is not.</summary>
    public double CostOf(double accuracy)
    {
        for (var i = 0; i < _costs.Length; i++)
        {
            // Sums over the same rows in another order differ in the last digits.
            if (_accuracies[i] >= accuracy - 1e-12)
                return i == 0 ? _costs[0] : _costs[i - 1] + ((Math.Min(accuracy, _accuracies[i]) - _accuracies[i - 1]) / Slope(_costs, _accuracies, i - 1, i));
        }

        return double.PositiveInfinity;
    }

    private static double Slope(ReadOnlySpan<double> costs, ReadOnlySpan<double> accuracies, int from, int to) => (accuracies[to] - accuracies[from]) / (costs[to] - costs[from]);
}
