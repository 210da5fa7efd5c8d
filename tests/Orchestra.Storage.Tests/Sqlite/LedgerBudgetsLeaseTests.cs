using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class LedgerBudgetsLeaseTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    /// <summary>A host that does not renew the leases of its calls.</summary>
    private static readonly LedgerBudgetsOptions Forgetful = new() { LongestCall = TimeSpan.FromSeconds(1) };
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reservation_that_nobody_renews_is_billed_when_its_lease_is_over()
    {
        await using var host = new LedgerHost(_folder.Path, _time, Forgetful);
        await host.ReserveAsync("r1", 600);
        _time.Advance(TimeSpan.FromSeconds(110));
        (await host.GetAsync()).Reserved.ShouldBe(new Money(600));
        _time.Advance(TimeSpan.FromSeconds(10));
        (await host.GetAsync()).ShouldBe(new Seen(null, BudgetWindow.Total, new Money(600), Money.Zero, 2));
    }

    [Fact]
    public async Task A_stream_that_renews_its_lease_stays_reserved()
    {
        await using var host = new LedgerHost(_folder.Path, _time, Forgetful);
        await host.ReserveAsync("r1", 600);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await host.Budgets.ExtendAsync(LedgerHost.Reservation("r1", 600), "x" + i, Money.Zero, default);
        }

        (await host.GetAsync()).Reserved.ShouldBe(new Money(600));
    }

    [Fact]
    public async Task The_host_renews_the_lease_of_a_call_under_way_until_it_is_settled()
    {
        await using var host = new LedgerHost(_folder.Path, _time);
        await host.ReserveAsync("quiet", 600);
        for (var i = 0; i < 60; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await host.GetAsync();
        }

        (await host.GetAsync()).Reserved.ShouldBe(new Money(600));
        await host.SettleAsync("quiet", 20);
        var settled = await host.GetAsync();
        settled.Spent.ShouldBe(new Money(20));
        _time.Advance(TimeSpan.FromMinutes(5));
        (await host.GetAsync()).ShouldBe(settled);
    }

    [Fact]
    public async Task A_call_that_never_ends_does_not_hold_its_money_for_ever()
    {
        await using var host = new LedgerHost(_folder.Path, _time, new LedgerBudgetsOptions { LongestCall = TimeSpan.FromMinutes(10) });
        await host.ReserveAsync("forgotten", 600);
        for (var i = 0; i < 6 * 15; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await host.GetAsync();
        }

        (await host.GetAsync()).Spent.ShouldBe(new Money(600));
    }

    [Fact]
    public async Task A_host_that_dies_leaves_its_reservations_to_the_next_one_which_bills_them_in_time()
    {
        // Never stopped: as after kill -9, nothing is flushed or released.
        var dead = new LedgerHost(_folder.Path, _time, Forgetful);
        await dead.SetLimitAsync(new Money(1_000), BudgetWindow.Daily);
        await dead.ReserveAsync("r1", 600);
        await dead.ReserveAsync("other", 7, "zeta");

        var time = new FakeTimeProvider(_time.GetUtcNow() + TimeSpan.FromSeconds(30));
        await using var next = new LedgerHost(_folder.Path, time, Forgetful);
        await next.Budgets.Recovered;
        (await next.GetAsync()).Reserved.ShouldBe(new Money(600));

        time.Advance(TimeSpan.FromSeconds(90));
        (await next.GetAsync()).ShouldBe(new Seen(new Money(1_000), BudgetWindow.Daily, new Money(600), Money.Zero, 4));
        (await next.GetAsync("zeta")).Spent.ShouldBe(new Money(7));
        Seen.From((await next.FoldAsync()).StateAt(time.GetUtcNow())).ShouldBe(await next.GetAsync());
    }

    [Fact]
    public async Task Leases_that_were_over_at_the_start_are_billed_by_the_first_search()
    {
        var dead = new LedgerHost(_folder.Path, _time, Forgetful);
        await dead.ReserveAsync("r1", 600);
        await using var next = new LedgerHost(_folder.Path, new FakeTimeProvider(_time.GetUtcNow() + Lease));
        await next.Budgets.Recovered;
        (await next.GetAsync()).Spent.ShouldBe(new Money(600));
    }

    [Fact]
    public async Task A_host_that_dies_later_is_found_as_well()
    {
        await using var next = new LedgerHost(_folder.Path, _time, Forgetful);
        await next.Budgets.Recovered;
        var dead = new LedgerHost(_folder.Path, new FakeTimeProvider(_time.GetUtcNow()));
        await dead.ReserveAsync("r1", 600);

        // A search every lease, the expiry a lease after the reservation, and the sweep behind it.
        Account account;
        do
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await next.GetAsync("nobody");
            account = await next.FoldAsync();
        }
        while (account.Open.Count > 0 && _time.GetUtcNow() < new DateTimeOffset(2025, 3, 1, 13, 0, 0, TimeSpan.Zero));
        account.StateAt(_time.GetUtcNow()).Spent.ShouldBe(new Money(600));
    }

    [Fact]
    public async Task A_settlement_after_the_expiry_corrects_the_bill_even_across_a_restart()
    {
        await using (var host = new LedgerHost(_folder.Path, _time, Forgetful))
        {
            await host.ReserveAsync("r1", 600);
            await host.ReserveAsync("r2", 600);
            _time.Advance(Lease);
            await host.SettleAsync("r1", 450);
            (await host.GetAsync()).Spent.ShouldBe(new Money(1_050));
        }

        await using var next = new LedgerHost(_folder.Path, _time, Forgetful);
        await next.SettleAsync("r2", 700);
        await next.SettleAsync("r1", 450);
        (await next.GetAsync()).Spent.ShouldBe(new Money(1_150));
        (await Should.ThrowAsync<OrchestraException>(() => next.SettleAsync("r1", 451))).Code.ShouldBe(ErrorCode.Conflict);
    }

    [Fact]
    public async Task An_extension_of_an_expired_reservation_is_an_error_that_says_what_to_do()
    {
        await using var host = new LedgerHost(_folder.Path, _time, Forgetful);
        await host.ReserveAsync("r1", 600);
        _time.Advance(Lease);
        var error = await Should.ThrowAsync<OrchestraException>(() => host.Budgets.ExtendAsync(LedgerHost.Reservation("r1", 600), "x1", new Money(1), default));
        error.Message.ShouldContain("settle what was used");
    }

    [Fact]
    public async Task Leases_end_although_the_clock_was_set_back()
    {
        var time = new SettableTime(_time.GetUtcNow());
        await using var host = new LedgerHost(_folder.Path, time, Forgetful);
        await host.SetLimitAsync(new Money(600), BudgetWindow.Daily);
        await host.ReserveAsync("r1", 600);
        time.SetBack(TimeSpan.FromDays(2));
        await Should.ThrowAsync<InsufficientQuotaException>(() => host.ReserveAsync("r2", 1));
        time.Advance(TimeSpan.FromMinutes(3));
        (await host.GetAsync()).Spent.ShouldBe(new Money(600));
        await Should.ThrowAsync<InsufficientQuotaException>(() => host.ReserveAsync("r2", 1));
    }

    [Fact]
    public async Task An_idle_account_leaves_the_memory_and_comes_back_the_same()
    {
        await using var host = new LedgerHost(_folder.Path, _time, Forgetful);
        await host.ReserveAsync("r1", 600);
        await host.SettleAsync("r1", 10);
        var before = await host.GetAsync();
        var loads = host.Store.Loads;
        _time.Advance(TimeSpan.FromMinutes(11));
        (await host.GetAsync()).ShouldBe(before);
        host.Store.Loads.ShouldBe(loads + 1);
    }

    [Fact]
    public async Task No_more_accounts_stay_in_memory_than_allowed_and_reservations_survive_it()
    {
        await using var host = new LedgerHost(_folder.Path, _time, new LedgerBudgetsOptions { MaxAccounts = 10 });
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.ReserveAsync("r" + i, 5, "tenant" + i)));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.SettleAsync("r" + i, 3, "tenant" + i)));
        for (var i = 0; i < 200; i++)
            (await host.GetAsync("tenant" + i)).ShouldBe(new Seen(null, BudgetWindow.Total, new Money(3), Money.Zero, 2));
    }

    /// <summary>A wall clock that can be set back beside a monotonic one that cannot.</summary>
    private sealed class SettableTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private TimeSpan _back;

        public void SetBack(TimeSpan back) => _back = back;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - _back;

        // The monotonic clock is never set back.
        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
