using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class AccountAllocationTests
{
    private const int Operations = 10_000;

    [Fact]
    public void A_plain_reserve_and_settle_allocate_nothing()
    {
        var run = new AccountRun();
        foreach (var scope in new[] { BudgetScope.Tenant, BudgetScope.Team("research"), BudgetScope.User("ann"), BudgetScope.Key("key_ann") })
            run.Limit(scope, BudgetWindow.Monthly, long.MaxValue / 2);
        var reservations = Enumerable.Range(0, Operations / 2).Select(i => new Reservation("r" + i, AccountRun.Ann, "small", "traj", new Money(100))).ToArray();
        var account = run.Account;
        // The first round makes room for all that the account remembers.
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        account.Version.ShouldBe(4 + (2 * Operations));

        void Work()
        {
            foreach (var reservation in reservations)
            {
                account.Propose(account.Reserve(reservation, run.Now, AccountRun.Lease).Entry);
                account.Confirm();
                account.Propose(account.Settle(reservation, new Money(80), run.Now, recalled: false).Entry);
                account.Confirm();
            }
        }
    }

    [Fact]
    public void A_batch_that_is_proposed_before_it_is_confirmed_allocates_nothing_either()
    {
        var run = new AccountRun();
        run.Limit(BudgetWindow.Daily, long.MaxValue / 2);
        var reservations = Enumerable.Range(0, 512).Select(i => new Reservation("r" + i, AccountRun.Ann, "small", "traj", new Money(100))).ToArray();
        var account = run.Account;
        // Two batches in turn, so that no id comes again while it is remembered.
        Work(reservations.AsSpan(0, 256));
        Work(reservations.AsSpan(256));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 0; batch < 20; batch++)
            Work(reservations.AsSpan(batch % 2 * 256, 256));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Work(ReadOnlySpan<Reservation> batch)
        {
            foreach (var reservation in batch)
                account.Propose(account.Reserve(reservation, run.Now, AccountRun.Lease).Entry);
            account.Confirm();
            foreach (var reservation in batch)
                account.Propose(account.Settle(reservation, new Money(80), run.Now, recalled: false).Entry);
            account.Confirm();
        }
    }
}
