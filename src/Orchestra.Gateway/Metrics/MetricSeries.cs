namespace Orchestra.Gateway.Metrics;

/// <summary>The measurements of one label set.</summary>
internal abstract class MetricSeries
{
    /// <summary>Takes a measurement.</summary>
    /// <param name="value">What was measured.</param>
    /// <param name="round">The reading that asked for it.</param>
    public abstract void Record(double value, long round);

    /// <summary>Writes its lines.</summary>
    /// <param name="text">Takes them.</param>
    /// <param name="round">This reading.</param>
    public abstract void Write(ExpositionText text, long round);

    /// <summary>Adds to a number that other threads change, too.</summary>
    protected static void Add(ref double total, double value)
    {
        var seen = Volatile.Read(ref total);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref total, seen + value, seen);
            if (found.Equals(seen))
                return;
            seen = found;
        }
    }
}
