using System.Collections.Concurrent;
using Orchestra.Core.Budgets;

namespace Orchestra.Grains.Budgets;

/// <summary>The budgets near their end, as this silo's last reservations saw them; older than a minute they are forgotten.</summary>
/// <param name="time">The clock.</param>
internal sealed class SeenUsage(TimeProvider time)
{
    private const int Most = 100_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Payer, (BudgetUsage Usage, long At)> _seen = new();

    /// <summary>Notes what a payer's reservation saw.</summary>
    public void Note(Payer payer, BudgetUsage? usage)
    {
        if (usage is { } tight)
        {
            if (_seen.Count < Most)
                _seen[payer] = (tight, time.GetTimestamp());
        }
        else if (!_seen.IsEmpty)
        {
            _seen.TryRemove(payer, out _);
        }
    }

    /// <summary>The tightest budget of a payer; null where none is near its end.</summary>
    public BudgetUsage? Of(Payer payer)
    {
        if (_seen.IsEmpty || !_seen.TryGetValue(payer, out var seen))
            return null;
        if (time.GetElapsedTime(seen.At) <= Freshness)
            return seen.Usage;
        _seen.TryRemove(payer, out _);
        return null;
    }
}
