using System.Globalization;
using System.Text;

namespace Orchestra.Gateway.Metrics;

/// <summary>A histogram: how many measurements were at most so large, their number and their sum.</summary>
internal sealed class HistogramSeries : MetricSeries
{
    private readonly double[] _bounds;
    private readonly byte[][] _bucketStarts;
    private readonly byte[] _sumStart;
    private readonly byte[] _countStart;
    private readonly long[] _counts;
    private double _sum;

    public HistogramSeries(string name, string labels, double[] bounds)
    {
        _bounds = bounds;
        _counts = new long[bounds.Length + 1];
        var before = labels.Length == 0 ? string.Empty : labels + ",";
        var after = labels.Length == 0 ? string.Empty : $"{{{labels}}}";
        _bucketStarts = [.. bounds.Select(bound => bound.ToString(CultureInfo.InvariantCulture)).Append("+Inf").Select(bound => Encoding.UTF8.GetBytes($"{name}_bucket{{{before}le=\"{bound}\"}} "))];
        _sumStart = Encoding.UTF8.GetBytes($"{name}_sum{after} ");
        _countStart = Encoding.UTF8.GetBytes($"{name}_count{after} ");
    }

    public override void Record(double value, long round)
    {
        if (!double.IsFinite(value))
            return;
        var at = Array.BinarySearch(_bounds, value);
        Interlocked.Increment(ref _counts[at < 0 ? ~at : at]);
        Add(ref _sum, value);
    }

    public override void Write(ExpositionText text, long round)
    {
        // The number is what the buckets add up to, whatever is measured meanwhile.
        long count = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            count += Volatile.Read(ref _counts[i]);
            text.Append(_bucketStarts[i]);
            text.Append(count);
            text.EndLine();
        }

        text.Append(_sumStart);
        text.Append(Volatile.Read(ref _sum));
        text.EndLine();
        text.Append(_countStart);
        text.Append(count);
        text.EndLine();
    }
}
