namespace Orchestra.Core.Limits;

/// <summary>
/// So many a minute, refilled evenly. What turns out to cost more than was taken leaves a debt that is refilled first. Not safe for concurrent use.
/// </summary>
internal struct TokenBucket(int perMinute, long now)
{
    private double _level = perMinute;
    private long _at = now;

    /// <summary>The limit.</summary>
    public int PerMinute { get; private set; } = perMinute;

    /// <summary>Moves the time on, and takes another limit over; ticks of a monotonic clock.</summary>
    public void MoveTo(long now, int limit, double ticksPerMinute)
    {
        // What is used stays used when the limit changes.
        _level += limit - PerMinute;
        PerMinute = limit;
        _level = Math.Min(limit, _level + (Math.Max(0, now - _at) / ticksPerMinute * limit));
        _at = now;
    }

    /// <summary>Whether so many can be taken now; more than the limit can be when the bucket is full.</summary>
    public readonly bool Has(long amount) => _level >= Math.Min(amount, PerMinute);

    /// <summary>Takes so many, or gives them back.</summary>
    public void Take(long amount) => _level = Math.Min(PerMinute, _level - amount);

    /// <summary>How many are left.</summary>
    public readonly long Remaining => (long)Math.Max(0, _level);

    /// <summary>How long until so many can be taken.</summary>
    public readonly TimeSpan WaitFor(long amount) => TimeSpan.FromMinutes(Math.Max(0, Math.Min(amount, PerMinute) - _level) / PerMinute);

    /// <summary>How long until the bucket is full.</summary>
    public readonly TimeSpan WaitUntilFull => WaitFor(PerMinute);
}
