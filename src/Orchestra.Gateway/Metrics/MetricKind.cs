namespace Orchestra.Gateway.Metrics;

/// <summary>How the measurements of an instrument become a number.</summary>
internal enum MetricKind
{
    /// <summary>Added up; never falls.</summary>
    Counter,

    /// <summary>Added up; may fall.</summary>
    Balance,

    /// <summary>The last one counts.</summary>
    Gauge,

    /// <summary>Counted by size.</summary>
    Histogram,

    /// <summary>A total, asked for when it is read.</summary>
    ObservedCounter,

    /// <summary>A level, asked for when it is read.</summary>
    ObservedGauge,
}
