using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class LedgerBudgetsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reservation_is_held_and_its_settlement_spent()
    {
        await using var host = new LedgerHost(_folder.Path);
        await host.SetLimitAsync(new Money(1_000), BudgetWindow.Daily);
        var reservation = LedgerHost.Reservation("r1", 600);

        await host.Budgets.ReserveAsync(reservation, default);
        (await host.GetAsync()).ShouldBe(new Seen(new Money(1_000), BudgetWindow.Daily, Money.Zero, new Money(600), 2));

        var grown = await host.Budgets.ExtendAsync(reservation, "x1", new Money(100), default);
        grown.Amount.ShouldBe(new Money(700));

        await host.Budgets.SettleAsync(grown, new Money(650));
        (await host.GetAsync()).ShouldBe(new Seen(new Money(1_000), BudgetWindow.Daily, new Money(650), Money.Zero, 5));
    }

    [Fact]
    public async Task What_the_limit_does_not_cover_is_refused_and_changes_nothing()
    {
        await using var host = new LedgerHost(_folder.Path);
        await host.SetLimitAsync(new Money(1_000), BudgetWindow.Total);
        await host.Budgets.ReserveAsync(LedgerHost.Reservation("r1", 600), default);

        var refusal = await Should.ThrowAsync<InsufficientQuotaException>(() => host.Budgets.ReserveAsync(LedgerHost.Reservation("r2", 401), default));

        refusal.Budget.Reserved.ShouldBe(new Money(600));
        refusal.Asked.ShouldBe(new Money(401));
        (await host.GetAsync()).Version.ShouldBe(2);
        await host.Budgets.ReserveAsync(LedgerHost.Reservation("r3", 400), default);
    }

    [Fact]
    public async Task Concurrent_reservations_never_pass_the_limit_and_use_all_of_it()
    {
        await using var host = new LedgerHost(_folder.Path);
        await host.SetLimitAsync(new Money(300), BudgetWindow.Monthly);

        var tries = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async i =>
        {
            try
            {
                await host.Budgets.ReserveAsync(LedgerHost.Reservation("r" + i, 1), default);
                await host.Budgets.SettleAsync(LedgerHost.Reservation("r" + i, 1), new Money(1));
                return true;
            }
            catch (InsufficientQuotaException)
            {
                return false;
            }
        }));

        tries.Count(granted => granted).ShouldBe(300);
        var state = await host.GetAsync();
        state.Spent.ShouldBe(new Money(300));
        state.Reserved.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task Two_hosts_on_one_file_both_make_progress_and_keep_the_limit()
    {
        await using var first = new LedgerHost(_folder.Path);
        await using var second = new LedgerHost(_folder.Path);
        await first.SetLimitAsync(new Money(400), BudgetWindow.Total);

        async Task<int> Spend(LedgerHost host, string name)
        {
            var granted = await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
            {
                var count = 0;
                for (var i = 0; i < 50; i++)
                {
                    try
                    {
                        var reservation = LedgerHost.Reservation($"{name}-{caller}-{i}", 2);
                        await host.Budgets.ReserveAsync(reservation, default);
                        await host.Budgets.SettleAsync(reservation, new Money(1));
                        count++;
                    }
                    catch (InsufficientQuotaException refusal)
                    {
                        (refusal.Budget.Spent + refusal.Budget.Reserved + refusal.Asked).ShouldBeGreaterThan(refusal.Budget.Limit!.Value);
                    }
                }

                return count;
            }));
            return granted.Sum();
        }

        var counts = await Task.WhenAll(Spend(first, "a"), Spend(second, "b"));

        counts.ShouldAllBe(count => count > 0);
        var state = await first.GetAsync();
        state.Spent.ShouldBe(new Money(counts.Sum()));
        state.Spent.ShouldBeLessThanOrEqualTo(state.Limit!.Value);
        state.Reserved.ShouldBe(Money.Zero);
        (await second.GetAsync()).ShouldBe(state);
    }

    [Fact]
    public async Task No_host_refuses_because_of_money_that_another_host_no_longer_holds()
    {
        await using var first = new LedgerHost(_folder.Path);
        await using var second = new LedgerHost(_folder.Path);
        await first.SetLimitAsync(new Money(100), BudgetWindow.Total);
        await first.ReserveAsync("r1", 100);
        await Should.ThrowAsync<InsufficientQuotaException>(() => second.ReserveAsync("r2", 100));
        await first.SettleAsync("r1", 0);

        await second.ReserveAsync("r2", 100);
        (await first.GetAsync()).Reserved.ShouldBe(new Money(100));
    }

    [Fact]
    public async Task A_reservation_of_one_host_can_be_extended_and_settled_by_another()
    {
        await using var first = new LedgerHost(_folder.Path);
        await using var second = new LedgerHost(_folder.Path);
        await second.GetAsync();
        await first.ReserveAsync("r1", 100);
        (await second.Budgets.ExtendAsync(LedgerHost.Reservation("r1", 100), "x1", new Money(20), default)).Amount.ShouldBe(new Money(120));
        await first.GetAsync("other");
        await second.SettleAsync("r1", 110);
        await first.SettleAsync("r1", 110);
        (await first.GetAsync()).ShouldBe(new Seen(null, BudgetWindow.Total, new Money(110), Money.Zero, 3));
    }
}
