using System.Globalization;

namespace Orchestra.Cli.Eval.Plots;

/// <summary>Places dollars, on a logarithmic axis, and accuracies in the plot's area.</summary>
internal sealed class PlotScale
{
    public const double Left = 76;
    public const double Top = 84;
    public const double Right = 748;
    public const double Bottom = 524;
    private static readonly double[] Steps = [0.01, 0.02, 0.05, 0.1, 0.2];
    private readonly double _least;
    private readonly double _most;
    private readonly double _step;
    private readonly double _low;
    private readonly double _high;

    /// <summary>A scale on which all of these fit, with room around them.</summary>
    /// <param name="costs">Dollars; those that are 0 are placed at the left edge.</param>
    /// <param name="accuracies">Accuracies, 0 to 1.</param>
    public PlotScale(IReadOnlyCollection<double> costs, IReadOnlyCollection<double> accuracies)
    {
        var positive = costs.Where(cost => cost > 0).DefaultIfEmpty(1).ToList();
        var (least, most) = (positive.Min(), positive.Max());
        var room = Math.Pow(Math.Max(most / least, 4), 0.06);
        (_least, _most) = (least / room, most * room);
        var (low, high) = (accuracies.Min(), accuracies.Max());
        _step = Steps.First(step => (high - low) / step <= 8 || step == Steps[^1]);
        _low = Math.Max(0, Math.Floor((low - (0.3 * _step)) / _step) * _step);
        _high = Math.Min(1, Math.Ceiling((high + (0.3 * _step)) / _step) * _step);
        if (_high <= _low)
            (_low, _high) = (Math.Max(0, _low - _step), Math.Min(1, _low + _step));
    }

    /// <summary>Where dollars stand, in pixels from the left.</summary>
    public double X(double cost) => Left + ((Right - Left) * Math.Clamp(Math.Log(Math.Max(cost, _least) / _least) / Math.Log(_most / _least), 0, 1));

    /// <summary>Where an accuracy stands, in pixels from the top.</summary>
    public double Y(double accuracy) => Bottom - ((Bottom - Top) * Math.Clamp((accuracy - _low) / (_high - _low), 0, 1));

    /// <summary>The dollars that get a grid line, with their labels; over many powers of ten only these.</summary>
    public IEnumerable<(double Cost, string Label)> CostTicks()
    {
        var decades = Math.Log10(_most / _least);
        double[] digits = decades > 3.2 ? [1] : decades > 1.6 ? [1, 3] : [1, 2, 5];
        for (var power = Math.Floor(Math.Log10(_least)); power <= Math.Ceiling(Math.Log10(_most)); power++)
        {
            foreach (var digit in digits)
            {
                var cost = digit * Math.Pow(10, power);
                if (cost >= _least && cost <= _most)
                    yield return (cost, "$" + cost.ToString("#,0.########", CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The accuracies that get a grid line, with their labels.</summary>
    public IEnumerable<(double Accuracy, string Label)> AccuracyTicks()
    {
        for (var i = 0; _low + (i * _step) <= _high + 1e-9; i++)
            yield return (_low + (i * _step), (100 * (_low + (i * _step))).ToString("0.#", CultureInfo.InvariantCulture) + " %");
    }
}
