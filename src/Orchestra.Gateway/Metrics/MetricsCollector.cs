using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Orchestra.Gateway.Metrics;

/// <summary>Adds up what the process measures from its making on: Orchestra's own meters, Orleans', the runtime's and the HTTP server's.</summary>
public sealed partial class MetricsCollector : IDisposable
{
    private const int MaxFamilies = 500;
    private const int MaxSeries = 5_000;
    private const int FirstPage = 32 * 1024;
    private static readonly string[] Meters = ["Orchestra", "Microsoft.Orleans", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly SeriesAllowance _allowance = new(MaxSeries);
    private readonly MeterListener _listener = new();
    private readonly ILogger<MetricsCollector> _logger;
    private readonly Lock _reading = new();

    /// <summary>A collector that listens until it is disposed.</summary>
    /// <param name="logger">Hears of metrics that cannot be read.</param>
    public MetricsCollector(ILogger<MetricsCollector> logger)
    {
        _logger = logger;
        _listener.InstrumentPublished = Listen;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record((double)value, tags, family));
        _listener.Start();
    }

    /// <summary>All metrics in Prometheus' text format 0.0.4, UTF-8, in the order of their names.</summary>
    public ReadOnlyMemory<byte> Read()
    {
        lock (_reading)
        {
            foreach (var family in _families.Values)
                family.BeginRound();
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException error)
            {
                LogUnread(error);
            }

            var text = new ExpositionText(FirstPage);
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                family.Write(text);
            return text.Written;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Record(double value, ReadOnlySpan<Tag> tags, object? family) => ((MetricFamily)family!).Record(value, tags);

    private static bool IsWanted(string meter) =>
        Array.Exists(Meters, wanted => meter.StartsWith(wanted, StringComparison.Ordinal) && (meter.Length == wanted.Length || meter[wanted.Length] == '.'));

    /// <summary>Instruments of one name and kind, such as those of two servers, count together; of two kinds the first has the name.</summary>
    private void Listen(Instrument instrument, MeterListener listener)
    {
        if (!IsWanted(instrument.Meter.Name) || InstrumentKind.Of(instrument) is not { } kind || _families.Count >= MaxFamilies)
            return;
        var name = MetricName.Of(instrument.Name, instrument.Unit, kind);
        var family = _families.GetOrAdd(name, static (name, of) => new MetricFamily(name, of.kind, of.instrument, of._allowance), (kind, instrument, _allowance));
        if (family.Kind == kind)
            listener.EnableMeasurementEvents(instrument, family);
    }
}
