using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class AccountTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Noon = new(2025, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly Account _account = new("acme");
    private DateTimeOffset _now = Noon;
    private BudgetWindow _window = BudgetWindow.Total;

    [Fact]
    public void Without_a_limit_everything_is_granted()
    {
        Reserve("r1", long.MaxValue).ShouldBe(AccountOutcome.Append);
        Reserve("r2", long.MaxValue).ShouldBe(AccountOutcome.Append);
        State.Limit.ShouldBeNull();
        State.Reserved.ShouldBe(Money.Max);
    }

    [Fact]
    public void Exactly_the_limit_is_granted_and_one_nano_more_is_not()
    {
        Limit(1_000, BudgetWindow.Total);
        Reserve("r1", 999).ShouldBe(AccountOutcome.Append);
        Reserve("r2", 2).ShouldBe(AccountOutcome.Refused);
        Reserve("r2", 1).ShouldBe(AccountOutcome.Append);
        Extend("r1", "x1", 1).ShouldBe(AccountOutcome.Refused);
    }

    [Fact]
    public void A_renewal_is_granted_even_when_nothing_is_left()
    {
        Limit(10, BudgetWindow.Total);
        Reserve("r1", 10);
        _now += TimeSpan.FromMinutes(1);
        Extend("r1", "x1", 0).ShouldBe(AccountOutcome.Append);
        _account.Open["r1"].LeaseUntil.ShouldBe(_now + Lease);
    }

    [Fact]
    public void A_settlement_beyond_its_reservation_is_billed_as_far_as_the_limit_allows_and_the_rest_is_noted()
    {
        Limit(20, BudgetWindow.Total);
        Reserve("r1", 10);
        Reserve("r2", 4);
        Applied(SettleOf("r1", 25)).ShouldHaveSingleItem().Uncovered.ShouldBe(new Money(9));
        State.ShouldBe((new Money(20), new Money(16), new Money(4)));
        Settle("r1", 25).ShouldBe(AccountOutcome.AlreadyDone);
        Settle("r1", 16).ShouldBe(AccountOutcome.Mismatch);
        Reserve("r3", 1).ShouldBe(AccountOutcome.Refused);
        Settle("r2", 4);
        Settle("lost", 3).ShouldBe(AccountOutcome.Append);
        State.Spent.ShouldBe(new Money(20));
    }

    [Fact]
    public void Without_a_limit_a_settlement_beyond_its_reservation_is_billed_in_full()
    {
        Reserve("r1", 10);
        Applied(SettleOf("r1", 25)).ShouldHaveSingleItem().Uncovered.ShouldBe(Money.Zero);
        State.Spent.ShouldBe(new Money(25));
    }

    [Fact]
    public void A_hostile_number_of_tokens_overflows_nothing()
    {
        for (var i = 0; i < 5; i++)
        {
            Reserve("r" + i, 1);
            Settle("r" + i, long.MaxValue).ShouldBe(AccountOutcome.Append);
        }

        State.Spent.ShouldBe(Money.Max);
        Limit(long.MaxValue - 1, BudgetWindow.Total);
        Reserve("more", 1).ShouldBe(AccountOutcome.Refused);
        Settled.ShouldBe((Int128)long.MaxValue * 5);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Negative_amounts_are_refused_everywhere(long nanos)
    {
        Reserve("good", 10);
        Reserve("r1", nanos).ShouldBe(AccountOutcome.BadAmount);
        Extend("good", "x1", nanos).ShouldBe(AccountOutcome.BadAmount);
        Settle("good", nanos).ShouldBe(AccountOutcome.BadAmount);
        _account.Change(new BudgetChange.SetLimit("l1", BudgetScope.Tenant, BudgetWindow.Total, new Money(nanos)), _now).Outcome.ShouldBe(AccountOutcome.BadAmount);
        _account.Version.ShouldBe(1);
    }

    [Fact]
    public void A_reservation_cannot_grow_beyond_what_money_can_say()
    {
        Reserve("r1", long.MaxValue);
        Extend("r1", "x1", 1).ShouldBe(AccountOutcome.BadAmount);
    }

    [Fact]
    public void The_same_operation_twice_counts_once_and_with_other_contents_is_an_error()
    {
        Reserve("r1", 10).ShouldBe(AccountOutcome.Append);
        Reserve("r1", 10).ShouldBe(AccountOutcome.AlreadyDone);
        Reserve("r1", 11).ShouldBe(AccountOutcome.Mismatch);
        Extend("r1", "x1", 5).ShouldBe(AccountOutcome.Append);
        Extend("r1", "x1", 5).ShouldBe(AccountOutcome.AlreadyDone);
        Extend("r1", "x1", 6).ShouldBe(AccountOutcome.Mismatch);
        Settle("r1", 12).ShouldBe(AccountOutcome.Append);
        Settle("r1", 12).ShouldBe(AccountOutcome.AlreadyDone);
        Settle("r1", 13).ShouldBe(AccountOutcome.Mismatch);
        Reserve("r1", 10).ShouldBe(AccountOutcome.AlreadyDone);
        Extend("r1", "x1", 5).ShouldBe(AccountOutcome.AlreadyDone);
        _account.Version.ShouldBe(3);
        State.Spent.ShouldBe(new Money(12));
    }

    [Fact]
    public void An_operation_that_is_long_gone_is_looked_up_in_the_store()
    {
        List<LedgerEntry> stored = [.. Applied(Decide("r1", 10)), .. Applied(SettleOf("r1", 7))];
        for (var i = 0; i < 100; i++)
            Reserve("other" + i, 1);

        Settle("r1", 7, recalled: false).ShouldBe(AccountOutcome.Forgotten);
        _account.Recall(stored);
        Settle("r1", 7).ShouldBe(AccountOutcome.AlreadyDone);
        Settle("r1", 8).ShouldBe(AccountOutcome.Mismatch);
        Extend("r1", "x1", 1).ShouldBe(AccountOutcome.Ended);
    }

    [Fact]
    public void An_open_reservation_that_is_long_gone_from_memory_is_not_reserved_again()
    {
        var stored = Applied(Decide("r1", 10)).ToList();
        for (var i = 0; i < 100; i++)
            Reserve("other" + i, 1);
        Reserve("r1", 10).ShouldBe(AccountOutcome.Forgotten);
        _account.Recall(stored);
        Reserve("r1", 10).ShouldBe(AccountOutcome.AlreadyDone);
    }

    [Fact]
    public void A_released_reservation_cannot_be_used_and_what_it_cost_all_the_same_is_billed()
    {
        Reserve("r1", 10);
        Applied(_account.Release("r1", _now)).Count.ShouldBe(1);
        State.Reserved.ShouldBe(Money.Zero);
        Reserve("r1", 10).ShouldBe(AccountOutcome.Ended);
        Settle("r1", 4).ShouldBe(AccountOutcome.Append);
        State.Spent.ShouldBe(new Money(4));
    }

    [Fact]
    public void An_expiry_bills_what_was_reserved_when_the_lease_is_over_and_not_before()
    {
        Reserve("r1", 10);
        Extend("r1", "x1", 5);
        _now += Lease - TimeSpan.FromMilliseconds(1);
        Expire("r1").ShouldBe(AccountOutcome.AlreadyDone);
        _now += TimeSpan.FromMilliseconds(1);
        Expire("r1").ShouldBe(AccountOutcome.Append);
        Expire("r1").ShouldBe(AccountOutcome.AlreadyDone);
        State.ShouldBe((null, new Money(15), Money.Zero));
        _account.Version.ShouldBe(3);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(0)]
    public void A_settlement_after_the_expiry_corrects_the_bill_to_the_cost(long actual)
    {
        Reserve("r1", 10);
        _now += Lease;
        Expire("r1");
        Settle("r1", actual).ShouldBe(AccountOutcome.Append);
        State.Spent.ShouldBe(new Money(actual));
        Settle("r1", actual).ShouldBe(AccountOutcome.AlreadyDone);
        Settle("r1", actual + 1).ShouldBe(AccountOutcome.Mismatch);
        Extend("r1", "x1", 1).ShouldBe(AccountOutcome.Ended);
    }

    [Fact]
    public void What_a_late_settlement_gives_back_does_not_enlarge_a_later_day()
    {
        Limit(10, BudgetWindow.Daily);
        Reserve("r1", 10);
        _now += Lease;
        Expire("r1");
        _now += TimeSpan.FromDays(1);
        Reserve("r2", 4);
        Settle("r2", 4);
        Settle("r1", 1);
        State.Spent.ShouldBe(new Money(4));
        Reserve("r3", 7).ShouldBe(AccountOutcome.Refused);
        Settled.ShouldBe(5);
    }

    [Fact]
    public void What_a_late_settlement_adds_counts_on_the_day_on_which_it_is_settled()
    {
        Limit(10, BudgetWindow.Daily);
        Reserve("r1", 10);
        _now += Lease;
        Expire("r1");
        _now += TimeSpan.FromDays(1);
        Settle("r1", 13);
        State.Spent.ShouldBe(new Money(3));
    }

    [Fact]
    public void A_settlement_without_a_reservation_is_recorded()
    {
        Settle("lost", 5).ShouldBe(AccountOutcome.Append);
        Settle("lost", 5).ShouldBe(AccountOutcome.AlreadyDone);
        Settle("nothing", 0).ShouldBe(AccountOutcome.AlreadyDone);
        State.Spent.ShouldBe(new Money(5));
    }

    [Fact]
    public void A_day_begins_at_midnight_UTC_and_what_is_held_counts_on_both_sides()
    {
        Limit(10, BudgetWindow.Daily);
        Reserve("spent", 6);
        Settle("spent", 6);
        Reserve("held", 4);
        _now = new DateTimeOffset(2025, 1, 31, 23, 59, 59, 999, TimeSpan.Zero);
        Reserve("r1", 1).ShouldBe(AccountOutcome.Refused);
        _now += TimeSpan.FromMilliseconds(1);
        State.Spent.ShouldBe(Money.Zero);
        Reserve("r1", 7).ShouldBe(AccountOutcome.Refused);
        Reserve("r1", 6).ShouldBe(AccountOutcome.Append);
        Settle("held", 4);
        State.Spent.ShouldBe(new Money(4));
    }

    [Theory]
    [InlineData("2025-01-31T23:59:59.999Z", "2025-02-01T00:00:00Z")]
    [InlineData("2024-02-29T12:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-12-31T23:00:00Z", "2025-01-01T00:00:00Z")]
    [InlineData("2024-03-15T00:00:00Z", "2025-03-15T00:00:00Z")]
    public void A_month_ends_with_its_last_day(string before, string after)
    {
        _now = DateTimeOffset.Parse(before);
        Limit(10, BudgetWindow.Monthly);
        Reserve("r1", 10);
        Settle("r1", 10);
        Reserve("r2", 1).ShouldBe(AccountOutcome.Refused);
        _now = DateTimeOffset.Parse(after);
        Reserve("r2", 10).ShouldBe(AccountOutcome.Append);
    }

    [Fact]
    public void A_day_within_the_month_frees_nothing_of_a_monthly_budget()
    {
        _now = new DateTimeOffset(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);
        Limit(10, BudgetWindow.Monthly);
        Reserve("r1", 10);
        Settle("r1", 10);
        _now += TimeSpan.FromDays(30);
        Reserve("r2", 1).ShouldBe(AccountOutcome.Refused);
    }

    [Fact]
    public void Changing_the_window_keeps_what_is_spent_in_it()
    {
        Reserve("r1", 3);
        Settle("r1", 3);
        _now += TimeSpan.FromDays(1);
        Reserve("r2", 4);
        Settle("r2", 4);
        Limit(100, BudgetWindow.Total);
        State.Spent.ShouldBe(new Money(7));
        Limit(100, BudgetWindow.Daily);
        State.Spent.ShouldBe(new Money(4));
        Limit(100, BudgetWindow.Monthly);
        State.Spent.ShouldBe(new Money(4));
    }

    [Fact]
    public void A_limit_below_what_is_spent_and_held_refuses_until_there_is_room()
    {
        Reserve("r1", 10);
        Limit(5, BudgetWindow.Total);
        Reserve("r2", 1).ShouldBe(AccountOutcome.Refused);
        Settle("r1", 2);
        Reserve("r2", 3).ShouldBe(AccountOutcome.Append);
        Apply(_account.Change(new BudgetChange.SetLimit("none", BudgetScope.Tenant, BudgetWindow.Total, null), _now));
        Reserve("r3", 1_000).ShouldBe(AccountOutcome.Append);
    }

    [Fact]
    public void A_clock_set_back_changes_no_window_and_no_order()
    {
        Limit(10, BudgetWindow.Daily);
        Reserve("r1", 10);
        Settle("r1", 10);
        _now -= TimeSpan.FromDays(3);
        Reserve("r2", 1).ShouldBe(AccountOutcome.Refused);
        Limit(20, BudgetWindow.Daily);
        Reserve("r2", 1).ShouldBe(AccountOutcome.Append);
        // A change is a millisecond later than what it follows.
        _account.LastAt.ShouldBe(Noon.AddMilliseconds(1));
        _account.Open["r2"].LeaseUntil.ShouldBe(Noon.AddMilliseconds(1) + Lease);
    }

    [Fact]
    public void A_gap_in_the_ledger_and_an_impossible_entry_are_not_folded()
    {
        var entry = Decide("r1", 10).Entry;
        Should.Throw<InvalidDataException>(() => _account.Apply(entry with { Version = 2 }));
        _account.Apply(entry);
        Should.Throw<InvalidDataException>(() => _account.Apply(entry));
        Should.Throw<InvalidDataException>(() => _account.Apply(entry with { Version = 2, OperationId = "again" }));
        Should.Throw<InvalidDataException>(() => _account.Apply(entry with { Version = 2, Kind = (LedgerEntryKind)99 }));
        State.Reserved.ShouldBe(new Money(10));
        _account.Version.ShouldBe(1);
    }

    /// <summary>The budget that was set last, or all that was ever spent where there is none.</summary>
    private (Money? Limit, Money Spent, Money Reserved) State
    {
        get
        {
            var state = _account.StateAt(_now);
            var budget = state.Find(BudgetScope.Tenant, _window);
            return (budget?.Limit, budget?.Spent ?? state.Spent, state.Reserved);
        }
    }

    private Int128 Settled => _account.ToSnapshot().Scopes[0].Ever;

    private static Reservation Of(string id, long nanos) => new(id, new Payer("acme", "", "", "key"), "small", "traj", new Money(nanos));

    private AccountDecision Decide(string id, long nanos) => _account.Reserve(Of(id, nanos), _now, Lease);

    private AccountDecision SettleOf(string id, long nanos, bool recalled = true) =>
        _account.Settle(Of(id, 0), new Money(nanos), _now, recalled);

    private AccountOutcome Reserve(string id, long nanos) => Apply(Decide(id, nanos));

    private AccountOutcome Extend(string id, string operation, long more) => Apply(_account.Extend(Of(id, 0), operation, new Money(more), _now, Lease, recalled: true));

    private AccountOutcome Settle(string id, long nanos, bool recalled = true) => Apply(SettleOf(id, nanos, recalled));

    private AccountOutcome Expire(string id) => Apply(_account.Expire(id, _now));

    private void Limit(long nanos, BudgetWindow window)
    {
        _window = window;
        Apply(_account.Change(new BudgetChange.SetLimit($"limit{_account.Version}", BudgetScope.Tenant, window, new Money(nanos)), _now)).ShouldBe(AccountOutcome.Append);
    }

    private AccountOutcome Apply(AccountDecision decision)
    {
        Applied(decision);
        return decision.Outcome;
    }

    private List<LedgerEntry> Applied(AccountDecision decision)
    {
        if (decision.Outcome != AccountOutcome.Append)
            return [];
        _account.Apply(decision.Entry);
        return [decision.Entry];
    }
}
