using System.Text;

namespace Orchestra.Gateway.Metrics;

/// <summary>A counter or gauge: one number.</summary>
internal sealed class NumberSeries(string name, string labels, MetricKind kind) : MetricSeries
{
    private readonly byte[] _start = Encoding.UTF8.GetBytes(labels.Length == 0 ? $"{name} " : $"{name}{{{labels}}} ");
    private double _value;
    private long _round;

    public override void Record(double value, long round)
    {
        switch (kind)
        {
            case MetricKind.Counter when !(value >= 0):
                break;
            case MetricKind.Counter or MetricKind.Balance:
                Add(ref _value, value);
                break;
            case MetricKind.Gauge:
                Volatile.Write(ref _value, value);
                break;
            default:
                // Two that are observed under one name and label set, such as replicas in one process, count together.
                _value = _round == round ? _value + value : value;
                _round = round;
                break;
        }
    }

    public override void Write(ExpositionText text, long round)
    {
        // What is no longer reported is gone.
        if (kind is MetricKind.ObservedCounter or MetricKind.ObservedGauge && _round != round)
            return;
        text.Append(_start);
        text.Append(Volatile.Read(ref _value));
        text.EndLine();
    }
}
