using System.Diagnostics;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Benchmarks.Ledgers;

/// <summary>The state machine alone: reserve and settle, decided, proposed and confirmed, on an account with budgets on all four levels.</summary>
internal static class MemoryLoad
{
    private const int Calls = 2_000;
    private const int Rounds = 400;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public static (double NanosecondsPerOperation, double BytesPerOperation) Run()
    {
        var account = new Account("acme");
        var now = TimeProvider.System.GetUtcNow();
        var payer = new Payer("acme", "research", "ann", "k_1");
        foreach (var scope in new[] { BudgetScope.Tenant, BudgetScope.Team("research"), BudgetScope.User("ann"), BudgetScope.Key("k_1") })
            account.Apply(account.Change(new BudgetChange.SetLimit("limit_" + scope, scope, BudgetWindow.Monthly, Money.FromDollars(1_000_000)), now).Entry);
        var reservations = Enumerable.Range(0, Calls).Select(i => new Reservation($"res_{i}", payer, "small", "traj_1", new Money(12_345))).ToArray();
        for (var round = 0; round < Rounds / 4; round++)
            Round(account, reservations, now);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
            Round(account, reservations, now);
        var elapsed = Stopwatch.GetElapsedTime(started);
        const double operations = 2.0 * Calls * Rounds;
        return (elapsed.TotalNanoseconds / operations, (GC.GetAllocatedBytesForCurrentThread() - allocated) / operations);
    }

    // 2,000 other calls lie between two of the same id, long after the account has forgotten it: the store's part is left out here.
    private static void Round(Account account, Reservation[] reservations, DateTimeOffset now)
    {
        foreach (var reservation in reservations)
        {
            account.Propose(account.Reserve(reservation, now, Lease).Entry);
            account.Confirm();
            account.Propose(account.Settle(reservation, new Money(9_876), now, recalled: false).Entry);
            account.Confirm();
        }
    }
}
