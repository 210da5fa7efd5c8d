using System.Collections.Concurrent;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>The budgets near their end, as the last reservations saw them; written by the writer's loop, read by every query.</summary>
internal sealed class TightBudgets(TimeProvider time)
{
    private const int Most = 100_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string Tenant, BudgetScope Scope), Seen> _seen = new();

    private readonly record struct Seen(BudgetUsage Usage, long At);

    /// <summary>Notes what a payer's reservation saw.</summary>
    public void Note(Account account, Payer payer, IReadOnlyList<int> lines, DateTimeOffset now)
    {
        if (account.UsageOf(payer, lines, now) is { Pressure: > 0 } usage)
        {
            if (_seen.Count < Most)
                _seen[(payer.TenantId, usage.Scope)] = new Seen(usage, time.GetTimestamp());
        }
        else if (!_seen.IsEmpty)
        {
            foreach (var scope in ScopesOf(payer))
                _seen.TryRemove((payer.TenantId, scope), out _);
        }
    }

    /// <summary>The tightest budget that limits a payer; null where none is near its end.</summary>
    public BudgetUsage? Of(Payer payer)
    {
        if (_seen.IsEmpty)
            return null;
        BudgetUsage? tightest = null;
        foreach (var scope in ScopesOf(payer))
        {
            if (!_seen.TryGetValue((payer.TenantId, scope), out var seen))
                continue;
            if (time.GetElapsedTime(seen.At) > Freshness)
                _seen.TryRemove((payer.TenantId, scope), out _);
            else if (tightest is null || seen.Usage.Pressure > tightest.Value.Pressure)
                tightest = seen.Usage;
        }

        return tightest;
    }

    private static BudgetScope[] ScopesOf(Payer payer) =>
        [BudgetScope.Tenant, BudgetScope.Team(payer.TeamId), BudgetScope.User(payer.UserId), BudgetScope.Key(payer.KeyId)];
}
