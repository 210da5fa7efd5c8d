using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class LedgerBudgetsFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task While_the_store_fails_nothing_is_granted_and_afterwards_all_is_as_before()
    {
        await using var host = new LedgerHost(_folder.Path, _time);
        await host.SetLimitAsync(new Money(1_000), BudgetWindow.Total);
        host.Store.FailsBeforeCommit = true;
        var error = await Should.ThrowAsync<OrchestraException>(() => host.ReserveAsync("r1", 600));
        error.Code.ShouldBe(ErrorCode.Internal);
        await Should.ThrowAsync<OrchestraException>(() => host.SetLimitAsync(null, BudgetWindow.Total));

        host.Store.FailsBeforeCommit = false;
        (await host.GetAsync()).ShouldBe(new Seen(new Money(1_000), BudgetWindow.Total, Money.Zero, Money.Zero, 1));
        await host.ReserveAsync("r2", 1_000);
    }

    [Fact]
    public async Task A_settlement_is_kept_while_the_store_fails_and_counts_once()
    {
        await using var host = new LedgerHost(_folder.Path, _time);
        await host.ReserveAsync("r1", 600);
        await host.ReserveAsync("r2", 600);
        host.Store.FailsBeforeCommit = true;
        var first = host.SettleAsync("r1", 500);
        await Retried(host, 3);
        first.IsCompleted.ShouldBeFalse();

        // The commit happens and its answer is lost: the repetition finds it recorded.
        host.Store.FailsBeforeCommit = false;
        host.Store.FailsAfterCommit = true;
        var second = host.SettleAsync("r2", 400);
        await Retried(host, 2);
        host.Store.FailsAfterCommit = false;
        _time.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(first, second);

        (await host.GetAsync()).ShouldBe(new Seen(null, BudgetWindow.Total, new Money(900), Money.Zero, 4));
    }

    [Fact]
    public async Task A_reservation_that_was_committed_though_its_caller_saw_an_error_is_released()
    {
        await using var host = new LedgerHost(_folder.Path, _time);
        host.Store.FailsAfterCommit = true;
        await Should.ThrowAsync<OrchestraException>(() => host.ReserveAsync("r1", 600));
        host.Store.FailsAfterCommit = false;
        (await host.GetAsync()).Reserved.ShouldBe(new Money(600));
        _time.Advance(TimeSpan.FromSeconds(10));
        (await host.GetAsync()).ShouldBe(new Seen(null, BudgetWindow.Total, Money.Zero, Money.Zero, 2));
    }

    [Fact]
    public async Task A_reservation_that_is_asked_for_again_after_an_error_is_held()
    {
        await using var host = new LedgerHost(_folder.Path, _time);
        host.Store.FailsAfterCommit = true;
        await Should.ThrowAsync<OrchestraException>(() => host.ReserveAsync("r1", 600));
        host.Store.FailsAfterCommit = false;
        await host.ReserveAsync("r1", 600);
        _time.Advance(TimeSpan.FromSeconds(10));
        (await host.GetAsync()).Reserved.ShouldBe(new Money(600));
        await host.SettleAsync("r1", 20);
        (await host.GetAsync()).Spent.ShouldBe(new Money(20));
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_it_waits_holds_nothing()
    {
        await using var host = new LedgerHost(_folder.Path, _time);
        await host.GetAsync();
        host.Store.Holding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leaving = new CancellationTokenSource();
        var waiting = host.Budgets.ReserveAsync(LedgerHost.Reservation("r1", 600), leaving.Token);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        host.Store.Holding.SetResult();
        (await host.GetAsync()).Reserved.ShouldBe(Money.Zero);
        (await host.GetAsync()).Spent.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task When_too_many_wait_new_ones_are_turned_away_but_settlements_are_taken()
    {
        await using var host = new LedgerHost(_folder.Path, _time, new LedgerBudgetsOptions { MaxWaiting = 3 });
        await host.ReserveAsync("r1", 600);
        host.Store.Holding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new List<Task>();
        OrchestraException? refusal = null;
        for (var i = 0; i < 100 && refusal is null; i++)
        {
            var task = host.ReserveAsync("more" + i, 1);
            if (task.IsFaulted)
                refusal = await Should.ThrowAsync<OrchestraException>(() => task);
            else
                waiting.Add(task);
        }

        refusal!.Code.ShouldBe(ErrorCode.Overloaded);
        refusal.RetryAfter.ShouldNotBeNull();
        waiting.Add(host.SettleAsync("r1", 5));
        host.Store.Holding.SetResult();
        await Task.WhenAll(waiting);
        (await host.GetAsync()).Spent.ShouldBe(new Money(5));
    }

    [Fact]
    public async Task A_caller_that_blocks_after_its_answer_holds_nobody_up()
    {
        await using var host = new LedgerHost(_folder.Path, _time);
        using var released = new ManualResetEventSlim();
        // On a thread of its own: an answer that is there already is continued at once, by whoever asks.
        var blocked = Task.Run(() => host.ReserveAsync("r1", 1).ContinueWith(_ => released.Wait(TimeSpan.FromMinutes(1)), TaskContinuationOptions.ExecuteSynchronously));
        await host.ReserveAsync("r2", 1);
        await host.SettleAsync("r2", 1);
        released.Set();
        (await blocked).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_writes_everything_that_waits_and_takes_nothing_more()
    {
        var host = new LedgerHost(_folder.Path, _time);
        for (var i = 0; i < 500; i++)
            await host.ReserveAsync("r" + i, 2);
        var settlements = Enumerable.Range(0, 500).Select(i => host.SettleAsync("r" + i, 1)).ToList();
        await host.DisposeAsync();
        settlements.ShouldAllBe(settlement => settlement.IsCompletedSuccessfully);

        (await Should.ThrowAsync<OrchestraException>(() => host.ReserveAsync("late", 1))).Code.ShouldBe(ErrorCode.ShuttingDown);
        // Nobody may await it, so it must not throw into the caller's face.
        var lost = host.SettleAsync("r1", 1);
        (await Should.ThrowAsync<OrchestraException>(() => lost)).Code.ShouldBe(ErrorCode.ShuttingDown);

        await using var next = new LedgerHost(_folder.Path, _time);
        (await next.GetAsync()).ShouldBe(new Seen(null, BudgetWindow.Total, new Money(500), Money.Zero, 1_000));
    }

    [Fact]
    public async Task A_stop_while_the_store_fails_ends_and_the_reservation_is_billed_later()
    {
        var host = new LedgerHost(_folder.Path, _time, new LedgerBudgetsOptions { ShutdownTries = 1 });
        await host.ReserveAsync("r1", 600);
        host.Store.FailsBeforeCommit = true;
        var settlement = host.SettleAsync("r1", 5);
        await host.DisposeAsync();
        (await Should.ThrowAsync<OrchestraException>(() => settlement)).Code.ShouldBe(ErrorCode.ShuttingDown);

        _time.Advance(TimeSpan.FromMinutes(2));
        await using var next = new LedgerHost(_folder.Path, _time);
        await next.Budgets.Recovered;
        (await next.GetAsync()).Spent.ShouldBe(new Money(600));
    }

    [Fact]
    public async Task A_tenant_whose_ledger_cannot_be_read_fails_alone()
    {
        await using var host = new LedgerHost(_folder.Path, _time);
        // Its search for reservations reads the healthy ledger too, and must not do so while nothing can be read.
        await host.Budgets.Recovered;
        await host.ReserveAsync("r1", 5, "healthy");
        host.Store.FailsToRead = true;
        await Should.ThrowAsync<OrchestraException>(() => host.ReserveAsync("r2", 5, "broken"));
        await host.SettleAsync("r1", 4, "healthy");
        host.Store.FailsToRead = false;
        await host.ReserveAsync("r3", 5, "broken");
    }

    private async Task Retried(LedgerHost host, int times)
    {
        var until = host.Store.Appends + times;
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            return host.Store.Appends >= until;
        });
    }
}
