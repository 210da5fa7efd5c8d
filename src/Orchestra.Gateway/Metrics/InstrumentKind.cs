using System.Diagnostics.Metrics;

namespace Orchestra.Gateway.Metrics;

/// <summary>Tells what kind of metric an instrument makes.</summary>
internal static class InstrumentKind
{
    private static readonly Dictionary<Type, MetricKind> Kinds = new()
    {
        [typeof(Counter<>)] = MetricKind.Counter,
        [typeof(UpDownCounter<>)] = MetricKind.Balance,
        [typeof(Gauge<>)] = MetricKind.Gauge,
        [typeof(Histogram<>)] = MetricKind.Histogram,
        [typeof(ObservableCounter<>)] = MetricKind.ObservedCounter,
        [typeof(ObservableUpDownCounter<>)] = MetricKind.ObservedGauge,
        [typeof(ObservableGauge<>)] = MetricKind.ObservedGauge,
    };

    /// <summary>The kind; null for an instrument that none of the platform's types describes.</summary>
    public static MetricKind? Of(Instrument instrument)
    {
        for (var type = instrument.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && Kinds.TryGetValue(type.GetGenericTypeDefinition(), out var kind))
                return kind;
        }

        return null;
    }
}
