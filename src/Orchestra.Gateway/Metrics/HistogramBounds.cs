using System.Diagnostics.Metrics;

namespace Orchestra.Gateway.Metrics;

/// <summary>Chooses the buckets of a histogram: those that the instrument advises, else by its unit.</summary>
internal static class HistogramBounds
{
    private const int MaxBounds = 50;
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
    private static readonly double[] Numbers = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

    /// <summary>Upper bounds, rising; the last bucket has none.</summary>
    public static double[] Of(Instrument instrument) => Advised(instrument) is { Length: > 0 and <= MaxBounds } advised ? advised : instrument.Unit == "s" ? Seconds : Numbers;

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Instrument<double> of => Advised(of),
        Instrument<float> of => Advised(of),
        Instrument<decimal> of => Advised(of),
        Instrument<long> of => Advised(of),
        Instrument<int> of => Advised(of),
        Instrument<short> of => Advised(of),
        Instrument<byte> of => Advised(of),
        _ => null,
    };

    private static double[]? Advised<T>(Instrument<T> instrument)
        where T : struct, IConvertible => instrument.Advice?.HistogramBucketBoundaries?.Select(bound => bound.ToDouble(null)).Where(double.IsFinite).ToArray();
}
