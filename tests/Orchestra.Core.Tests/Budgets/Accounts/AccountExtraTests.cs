using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

/// <summary>Grants, raises and resets.</summary>
public sealed class AccountExtraTests
{
    private readonly AccountRun _run = new();

    [Theory]
    [InlineData("hourly", "2025-01-31T12:59:59.999Z", "2025-01-31T13:00:00Z")]
    [InlineData("daily", "2025-01-31T23:59:59.999Z", "2025-02-01T00:00:00Z")]
    [InlineData("weekly", "2025-02-02T23:59:59.999Z", "2025-02-03T00:00:00Z")]
    [InlineData("monthly", "2025-01-31T23:59:59.999Z", "2025-02-01T00:00:00Z")]
    [InlineData("rolling-3d", "2025-02-03T12:00:00Z", "2025-02-03T12:00:00.001Z")]
    public void A_grant_tops_the_present_window_up_and_no_later_one(string text, string last, string next)
    {
        BudgetWindow.TryParse(text, out var window).ShouldBeTrue();
        _run.Limit(window, 10);
        _run.Grant(window, 5).ShouldBe(AccountOutcome.Append);
        _run.Budget(window).Extra.ShouldBe(new Money(5));
        _run.At(last).Allows(15).ShouldBeTrue();
        _run.Allows(16).ShouldBeFalse();
        _run.At(next).Allows(11).ShouldBeFalse();
        _run.Budget(window).Extra.ShouldBe(Money.Zero);
    }

    [Fact]
    public void A_grant_on_all_time_is_for_good_and_survives_a_new_limit()
    {
        _run.Limit(BudgetWindow.Total, 10);
        _run.Grant(BudgetWindow.Total, 5);
        _run.At("2035-01-01T00:00:00Z").Allows(15).ShouldBeTrue();
        _run.Limit(BudgetWindow.Total, 20);
        _run.Budget(BudgetWindow.Total).Limit.ShouldBe(new Money(25));
    }

    [Fact]
    public void A_raise_ends_exactly_then_whatever_the_window_and_several_add_up()
    {
        _run.Limit(BudgetWindow.Daily, 10);
        _run.Raise(BudgetWindow.Daily, 5, "2025-02-02T08:30:00Z").ShouldBe(AccountOutcome.Append);
        _run.Raise(BudgetWindow.Daily, 7, "2025-02-01T00:00:00Z").ShouldBe(AccountOutcome.Append);
        _run.Allows(22).ShouldBeTrue();
        _run.Allows(23).ShouldBeFalse();
        _run.At("2025-02-01T00:00:00Z").Allows(15).ShouldBeTrue();
        _run.Allows(16).ShouldBeFalse();
        _run.At("2025-02-02T08:29:59.999Z").Allows(15).ShouldBeTrue();
        _run.Spend(14);
        _run.At("2025-02-02T08:30:00Z").Allows(1).ShouldBeFalse();
        _run.Budget(BudgetWindow.Daily).Available.ShouldBe(new Money(-4));
    }

    [Fact]
    public void Extra_money_needs_a_limit()
    {
        _run.Grant(BudgetWindow.Daily, 5).ShouldBe(AccountOutcome.NoBudget);
        _run.Raise(BudgetWindow.Daily, 5, "2025-02-02T00:00:00Z").ShouldBe(AccountOutcome.NoBudget);
        _run.Reset(BudgetWindow.Daily).ShouldBe(AccountOutcome.NoBudget);
        _run.Limit(BudgetWindow.Daily, 5);
        _run.Limit(BudgetWindow.Daily, null);
        _run.Grant(BudgetWindow.Daily, 5).ShouldBe(AccountOutcome.NoBudget);
        _run.Change(new BudgetChange.Grant("g", BudgetScope.Key("key_ann"), BudgetWindow.Daily, new Money(1))).ShouldBe(AccountOutcome.NoBudget);
    }

    [Fact]
    public void Sixty_four_extras_at_once_are_enough_and_those_that_ended_do_not_count()
    {
        _run.Limit(BudgetWindow.Daily, 10);
        for (var i = 0; i < 64; i++)
            _run.Raise(BudgetWindow.Daily, 1, "2025-02-01T00:00:00Z").ShouldBe(AccountOutcome.Append);
        _run.Grant(BudgetWindow.Daily, 1).ShouldBe(AccountOutcome.TooMany);
        _run.At("2025-02-01T00:00:00Z").Grant(BudgetWindow.Daily, 1).ShouldBe(AccountOutcome.Append);
        _run.Account.ToSnapshot().Scopes[0].Budgets[0].Extras.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("total")]
    [InlineData("hourly")]
    [InlineData("daily")]
    [InlineData("weekly")]
    [InlineData("monthly")]
    [InlineData("rolling-7d")]
    [InlineData("rolling-100d")]
    public void A_reset_forgives_its_window_and_nothing_else(string text)
    {
        BudgetWindow.TryParse(text, out var window).ShouldBeTrue();
        BudgetWindow[] all = [BudgetWindow.Total, BudgetWindow.Hourly, BudgetWindow.Daily, BudgetWindow.Weekly, BudgetWindow.Monthly, BudgetWindow.Rolling(7), BudgetWindow.Rolling(100)];
        foreach (var each in all)
            _run.Limit(each, 10);
        _run.Limit(BudgetScope.Key("key_ann"), window, 10);
        _run.Spend(6);
        _run.Reserve("held", 3);
        _run.Reset(window).ShouldBe(AccountOutcome.Append);
        foreach (var each in all)
            _run.Spent(each).ShouldBe(each == window ? 0 : 6);
        var state = _run.Account.StateAt(_run.Now);
        (state.Spent, state.Reserved).ShouldBe((new Money(6), new Money(3)));
        state.Find(BudgetScope.Key("key_ann"), window)!.Spent.ShouldBe(new Money(6));
    }

    [Theory]
    [InlineData("total", 0)]
    [InlineData("daily", 0)]
    [InlineData("rolling-7d", 0)]
    [InlineData("total", 500)]
    [InlineData("daily", 500)]
    [InlineData("rolling-7d", 500)]
    public void What_a_reset_forgave_is_not_given_back_a_second_time(string text, int later)
    {
        BudgetWindow.TryParse(text, out var window).ShouldBeTrue();
        _run.Limit(window, 10);
        _run.Reserve("r1", 8);
        _run.Now += AccountRun.Lease;
        _run.Expire("r1");
        _run.Now += TimeSpan.FromMilliseconds(later);
        _run.Reset(window);
        _run.Spend(4);
        _run.Settle("r1", 1);
        _run.Spent(window).ShouldBe(4);
        _run.Account.StateAt(_run.Now).Spent.ShouldBe(new Money(5));
    }

    [Fact]
    public void What_expires_right_after_a_reset_is_given_back()
    {
        _run.Limit(BudgetWindow.Total, 10);
        _run.Reserve("r1", 8);
        _run.Now += AccountRun.Lease;
        _run.Reset(BudgetWindow.Total);
        _run.Expire("r1");
        _run.Settle("r1", 1);
        _run.Spent(BudgetWindow.Total).ShouldBe(1);
    }
}
