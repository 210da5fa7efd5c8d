using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Orchestra.Gateway.Metrics;

/// <summary>All series of one metric: at most two hundred label sets; what is measured with others counts in one series of its own.</summary>
internal sealed class MetricFamily
{
    private const int MaxLabelSets = 200;
    private readonly ConcurrentDictionary<Tag[], MetricSeries> _byTags = new(TagComparer.Instance);
    private readonly ConcurrentDictionary<Tag[], MetricSeries>.AlternateLookup<ReadOnlySpan<Tag>> _lookup;
    private readonly SortedDictionary<string, MetricSeries> _byLabels = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();
    private readonly SeriesAllowance _allowance;
    private readonly byte[] _head;
    private readonly double[] _bounds;
    private int _tagSets;
    private long _round;

    public MetricFamily(string name, MetricKind kind, Instrument instrument, SeriesAllowance allowance)
    {
        Name = name;
        Kind = kind;
        _allowance = allowance;
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<Tag>>();
        _bounds = kind == MetricKind.Histogram ? HistogramBounds.Of(instrument) : [];
        var type = kind switch
        {
            MetricKind.Counter or MetricKind.ObservedCounter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        };
        var help = (instrument.Description ?? string.Empty).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        _head = Encoding.UTF8.GetBytes($"# HELP {name} {help}\n# TYPE {name} {type}\n");
    }

    /// <summary>The metric's name.</summary>
    public string Name { get; }

    /// <summary>How its measurements become a number.</summary>
    public MetricKind Kind { get; }

    /// <summary>Takes a measurement; allocates nothing for tags that were seen before.</summary>
    public void Record(double value, ReadOnlySpan<Tag> tags) => (_lookup.TryGetValue(tags, out var series) ? series : Add(tags)).Record(value, _round);

    /// <summary>Begins a reading: what is observed from now on belongs to it.</summary>
    public void BeginRound() => _round++;

    /// <summary>Writes all series that have something to say; one reading at a time.</summary>
    public void Write(ExpositionText text)
    {
        lock (_adding)
        {
            if (_byLabels.Count == 0)
                return;
            text.Append(_head);
            foreach (var series in _byLabels.Values)
                series.Write(text, _round);
        }
    }

    /// <summary>Different tags may have the same labels, cut or told in another type: they share a series, since a label set may be on the page once.</summary>
    private MetricSeries Add(ReadOnlySpan<Tag> tags)
    {
        lock (_adding)
        {
            if (_lookup.TryGetValue(tags, out var known))
                return known;
            if (_tagSets == MaxLabelSets)
                return Series(LabelSet.Overflow);
            var labels = LabelSet.Of(tags);
            if (!_byLabels.ContainsKey(labels) && !_allowance.TryTake())
                return Series(LabelSet.Overflow);
            _tagSets++;
            return _byTags[tags.ToArray()] = Series(labels);
        }
    }

    private MetricSeries Series(string labels)
    {
        if (!_byLabels.TryGetValue(labels, out var series))
            _byLabels[labels] = series = Kind == MetricKind.Histogram ? new HistogramSeries(Name, labels, _bounds) : new NumberSeries(Name, labels, Kind);
        return series;
    }
}
