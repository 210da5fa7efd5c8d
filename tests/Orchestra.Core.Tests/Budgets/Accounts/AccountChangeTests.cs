using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

/// <summary>Changes of budgets: each counts once, and nonsense is refused.</summary>
public sealed class AccountChangeTests
{
    private static readonly BudgetScope Key = BudgetScope.Key("key_ann");
    private static readonly DateTimeOffset Later = DateTimeOffset.Parse("2025-02-10T00:00:00.0004567Z");
    private readonly AccountRun _run = new();

    public static TheoryData<BudgetChange, BudgetChange> Changes => new()
    {
        { new BudgetChange.SetLimit("op", Key, BudgetWindow.Daily, new Money(5)), new BudgetChange.SetLimit("op", Key, BudgetWindow.Daily, new Money(6)) },
        { new BudgetChange.SetLimit("op", Key, BudgetWindow.Daily, null), new BudgetChange.SetLimit("op", Key, BudgetWindow.Weekly, null) },
        { new BudgetChange.SetLimit("op", Key, BudgetWindow.Daily, new Money(5), [10]), new BudgetChange.SetLimit("op", Key, BudgetWindow.Daily, new Money(5)) },
        { new BudgetChange.SetLimit("op", Key, BudgetWindow.Daily, new Money(5), []), new BudgetChange.SetLimit("op", BudgetScope.Tenant, BudgetWindow.Daily, new Money(5), []) },
        { new BudgetChange.Grant("op", Key, BudgetWindow.Total, new Money(5)), new BudgetChange.Grant("op", Key, BudgetWindow.Total, new Money(6)) },
        { new BudgetChange.Grant("op", Key, BudgetWindow.Total, new Money(5)), new BudgetChange.Raise("op", Key, BudgetWindow.Total, new Money(5), Later) },
        { new BudgetChange.Raise("op", Key, BudgetWindow.Total, new Money(5), Later), new BudgetChange.Raise("op", Key, BudgetWindow.Total, new Money(5), Later.AddMilliseconds(1)) },
        { new BudgetChange.Reset("op", Key, BudgetWindow.Total), new BudgetChange.SetLimit("op", Key, BudgetWindow.Total, null) },
        { new BudgetChange.SetTimeZone("op", "Europe/Berlin"), new BudgetChange.SetTimeZone("op", "Europe/Paris") },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void The_same_change_twice_counts_once_and_with_other_contents_is_an_error(BudgetChange change, BudgetChange other)
    {
        _run.Limit(Key, BudgetWindow.Total, 100);
        _run.Change(change).ShouldBe(AccountOutcome.Append);
        var state = _run.State;
        _run.Now += TimeSpan.FromHours(20);
        _run.Change(change).ShouldBe(AccountOutcome.AlreadyDone);
        _run.Change(other).ShouldBe(AccountOutcome.Mismatch);
        _run.Reserve("op", 1).ShouldBe(AccountOutcome.Mismatch);
        _run.State.ShouldBe(state);
    }

    [Fact]
    public void An_id_counts_once_across_all_kinds()
    {
        _run.Limit(Key, BudgetWindow.Total, 100);
        _run.Reserve("r1", 5);
        _run.Extend("r1", "x1", 5);
        foreach (var id in new[] { "r1", "x1" })
        {
            _run.Change(new BudgetChange.SetTimeZone(id, "UTC")).ShouldBe(AccountOutcome.Mismatch);
            _run.Extend("r1", id, 1).ShouldBe(AccountOutcome.Mismatch);
        }

        _run.Reserve("x1", 5).ShouldBe(AccountOutcome.Mismatch);
    }

    [Fact]
    public void A_change_that_the_account_forgot_is_recognised_once_the_store_reminds_it()
    {
        var change = new BudgetChange.Grant("op", Key, BudgetWindow.Total, new Money(5));
        _run.Limit(Key, BudgetWindow.Total, 100);
        _run.Change(change);
        for (var i = 0; i < 100; i++)
            _run.Spend(0);
        _run.Account.Change(change, _run.Now).Outcome.ShouldBe(AccountOutcome.Append, "the store refuses it");
        _run.Account.Recall(_run.Entries.Where(entry => entry.OperationId == "op"));
        _run.Change(change).ShouldBe(AccountOutcome.AlreadyDone);
    }

    [Fact]
    public void What_is_only_proposed_is_remembered_however_much_follows()
    {
        var account = _run.Account;
        for (var i = 0; i < 500; i++)
            account.Propose(_run.ToReserve("r" + i, 1).Entry);
        _run.ToReserve("r0", 1).Outcome.ShouldBe(AccountOutcome.AlreadyDone);
        _run.ToReserve("r0", 2).Outcome.ShouldBe(AccountOutcome.Mismatch);
        for (var i = 0; i < 500; i++)
            account.Propose(account.Settle(_run.Named("r" + i), new Money(1), _run.Now, recalled: false).Entry);
        account.Settle(_run.Named("r0"), new Money(1), _run.Now, recalled: false).Outcome.ShouldBe(AccountOutcome.AlreadyDone);
        account.Confirm();
        account.Settle(_run.Named("r0"), new Money(1), _run.Now, recalled: false).Outcome.ShouldBe(AccountOutcome.Forgotten);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Extra_money_is_an_amount_above_zero(long nanos)
    {
        _run.Limit(BudgetWindow.Total, 10);
        _run.Grant(BudgetWindow.Total, nanos).ShouldBe(AccountOutcome.BadAmount);
        _run.Raise(BudgetWindow.Total, nanos, "2025-02-10T00:00:00Z").ShouldBe(AccountOutcome.BadAmount);
    }

    [Theory]
    [InlineData("2025-01-31T12:00:00Z", AccountOutcome.BadDate)]
    [InlineData("2025-01-31T12:00:00.0005Z", AccountOutcome.BadDate)]
    [InlineData("2025-01-31T13:59:59+02:00", AccountOutcome.BadDate)]
    [InlineData("2024-01-01T00:00:00Z", AccountOutcome.BadDate)]
    [InlineData("2045-01-01T00:00:00Z", AccountOutcome.BadDate)]
    [InlineData("9999-12-31T23:59:59Z", AccountOutcome.BadDate)]
    [InlineData("2034-01-01T00:00:00Z", AccountOutcome.Append)]
    public void A_raise_ends_ahead_and_within_ten_years(string until, AccountOutcome expected)
    {
        _run.Limit(BudgetWindow.Total, 10);
        _run.Raise(BudgetWindow.Total, 5, until).ShouldBe(expected);
    }

    public static TheoryData<BudgetScope> InvalidScopes => new()
    {
        default(BudgetScope), new BudgetScope(BudgetLevel.Tenant, "acme"), BudgetScope.Team(""), BudgetScope.User(new string('u', 65)), new BudgetScope((BudgetLevel)7, "x"),
    };

    [Theory]
    [MemberData(nameof(InvalidScopes))]
    public void A_limit_needs_a_scope_that_makes_sense(BudgetScope scope) =>
        _run.Change(new BudgetChange.SetLimit("op", scope, BudgetWindow.Total, new Money(1))).ShouldBe(AccountOutcome.BadBudget);

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(50, 50)]
    [InlineData(80, 50)]
    [InlineData(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)]
    public void Warning_lines_rise_from_1_to_100(params int[] lines) =>
        _run.Change(new BudgetChange.SetLimit("op", BudgetScope.Tenant, BudgetWindow.Total, new Money(1), lines)).ShouldBe(AccountOutcome.BadLines);

    [Theory]
    [InlineData("")]
    [InlineData("warn/1/tenant/total/50")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(null)]
    public void An_id_is_there_short_and_not_one_of_Orchestras_own(string? id) => _run.Change(new BudgetChange.SetTimeZone(id!, "UTC")).ShouldBe(AccountOutcome.BadId);

    [Fact]
    public void A_limit_of_nothing_refuses_everything_and_none_refuses_nothing()
    {
        _run.Limit(BudgetWindow.Daily, 0);
        _run.Allows(1).ShouldBeFalse();
        _run.Allows(0).ShouldBeTrue();
        _run.Limit(BudgetWindow.Daily, null);
        _run.Allows(long.MaxValue).ShouldBeTrue();
        _run.Budget(BudgetWindow.Daily).ShouldBeNull();
        _run.Change(new BudgetChange.SetLimit("max", BudgetScope.Tenant, BudgetWindow.Daily, Money.Max)).ShouldBe(AccountOutcome.BadAmount);
    }

    [Fact]
    public void A_limit_below_what_is_spent_and_held_shows_how_far_and_takes_nothing_from_calls_under_way()
    {
        _run.Spend(8);
        _run.Reserve("held", 4);
        _run.Limit(BudgetWindow.Monthly, 5);
        _run.Budget(BudgetWindow.Monthly).Available.ShouldBe(new Money(-7));
        _run.Extend("held", "x1", 1).ShouldBe(AccountOutcome.Refused);
        _run.Extend("held", "x2", 0).ShouldBe(AccountOutcome.Append);
        _run.Settle("held", 4).ShouldBe(AccountOutcome.Append);
        _run.Spent(BudgetWindow.Monthly).ShouldBe(12);
    }
}
