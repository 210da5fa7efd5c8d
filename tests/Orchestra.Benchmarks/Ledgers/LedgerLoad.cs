using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core;
using Orchestra.Core.Budgets;

namespace Orchestra.Benchmarks.Ledgers;

/// <summary>Callers that reserve and settle one after the other, each waiting for both answers, on tenants with a limit on every level.</summary>
/// <param name="Tenants">How many tenants share the load.</param>
/// <param name="Callers">How many call at once.</param>
internal sealed record LedgerLoad(int Tenants, int Callers)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Runs the load; returns operations a second and the latencies of single operations in milliseconds, in order.</summary>
    public async Task<(double PerSecond, double[] Latencies)> RunAsync(ILedgerStore store, LedgerBudgetsOptions options, TimeSpan duration, CancellationToken ct)
    {
        await using var budgets = new LedgerBudgets(store, TimeProvider.System, IdGenerator.Default, options, NullLogger<LedgerBudgets>.Instance);
        await Parallel.ForEachAsync(Enumerable.Range(0, Tenants), new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = ct }, async (tenant, stop) => await LimitAsync(budgets, tenant, stop));
        var latencies = new ConcurrentBag<List<double>>();
        var begins = Stopwatch.GetTimestamp() + (long)(WarmUp.TotalSeconds * Stopwatch.Frequency);
        var ends = begins + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(budgets, caller, begins, ends, latencies, ct), ct)));
        var all = latencies.SelectMany(list => list).ToArray();
        Array.Sort(all);
        return (all.Length / duration.TotalSeconds, all);
    }

    private async Task CallAsync(LedgerBudgets budgets, int caller, long begins, long ends, ConcurrentBag<List<double>> latencies, CancellationToken ct)
    {
        var payer = PayerOf(caller % Tenants);
        var mine = new List<double>();
        latencies.Add(mine);
        while (true)
        {
            var reservation = new Reservation(IdGenerator.Default.Next("res_"), payer, "small", "traj_018f5b9a7c3d7f1e8a2b", new Money(12_345));
            var started = Stopwatch.GetTimestamp();
            await budgets.ReserveAsync(reservation, ct);
            var reserved = Stopwatch.GetTimestamp();
            await budgets.SettleAsync(reservation, new Money(9_876));
            var settled = Stopwatch.GetTimestamp();
            if (settled >= ends)
                return;
            if (started < begins)
                continue;
            mine.Add(Stopwatch.GetElapsedTime(started, reserved).TotalMilliseconds);
            mine.Add(Stopwatch.GetElapsedTime(reserved, settled).TotalMilliseconds);
        }
    }

    private static async Task LimitAsync(LedgerBudgets budgets, int tenant, CancellationToken ct)
    {
        var payer = PayerOf(tenant);
        foreach (var scope in new[] { BudgetScope.Tenant, BudgetScope.Team(payer.TeamId), BudgetScope.Key(payer.KeyId) })
            await budgets.ChangeAsync(payer.TenantId, new BudgetChange.SetLimit(IdGenerator.Default.Next("limit_"), scope, BudgetWindow.Monthly, Money.FromDollars(1_000_000)), ct);
    }

    private static Payer PayerOf(int tenant) => new($"tenant{tenant}", "research", string.Empty, $"k_{tenant}");
}
