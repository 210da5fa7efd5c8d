using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class AccountWindowTests
{
    private readonly AccountRun _run = new();

    [Theory]
    [InlineData("hourly", "2025-01-31T22:59:59.999Z", "2025-01-31T23:00:00Z")]
    [InlineData("daily", "2025-01-31T23:59:59.999Z", "2025-02-01T00:00:00Z")]
    [InlineData("weekly", "2025-02-02T23:59:59.999Z", "2025-02-03T00:00:00Z")]
    [InlineData("monthly", "2025-01-31T23:59:59.999Z", "2025-02-01T00:00:00Z")]
    [InlineData("rolling-1d", "2025-02-01T22:59:59.999Z", "2025-02-01T23:00:00Z")]
    [InlineData("rolling-31d", "2025-03-03T22:59:59.999Z", "2025-03-03T23:00:00Z")]
    [InlineData("rolling-32d", "2025-03-04T23:59:59.999Z", "2025-03-05T00:00:00Z")]
    [InlineData("total", "2035-01-01T00:00:00Z", null)]
    public void A_window_holds_what_was_spent_up_to_its_last_millisecond(string text, string last, string? next)
    {
        BudgetWindow.TryParse(text, out var window).ShouldBeTrue();
        _run.At("2025-01-31T22:59:00Z").Limit(window, 10);
        _run.Spend(10);
        _run.At(last).Allows(1).ShouldBeFalse();
        if (next is not null)
            _run.At(next).Allows(10).ShouldBeTrue();
        _run.Allows(11).ShouldBeFalse();
    }

    [Theory]
    [InlineData("hourly", "2025-01-31T22:59:59.999Z")]
    [InlineData("daily", "2025-01-31T23:59:59.999Z")]
    [InlineData("weekly", "2025-02-02T23:59:59.999Z")]
    [InlineData("monthly", "2025-01-31T23:59:59.999Z")]
    public void What_is_spent_in_the_last_millisecond_does_not_count_in_the_next_window(string text, string last)
    {
        BudgetWindow.TryParse(text, out var window).ShouldBeTrue();
        _run.At(last).Limit(window, 10);
        _run.Spend(10);
        _run.Allows(1).ShouldBeFalse();
        _run.Now += TimeSpan.FromMilliseconds(1);
        _run.Allows(10).ShouldBeTrue();
    }

    [Fact]
    public void Several_windows_on_one_scope_hold_at_once()
    {
        _run.At("2025-01-31T12:00:00Z").Limit(BudgetWindow.Hourly, 10);
        _run.Limit(BudgetWindow.Daily, 15);
        _run.Limit(BudgetWindow.Rolling(7), 22);
        _run.Limit(BudgetWindow.Total, 24);
        _run.Spend(10);
        _run.ToReserve("a", 1).Refusal!.Window.ShouldBe(BudgetWindow.Hourly);
        _run.At("2025-01-31T13:00:00Z").Spend(5);
        _run.ToReserve("b", 1).Refusal!.Window.ShouldBe(BudgetWindow.Daily);
        _run.At("2025-02-01T00:00:00Z").Spend(7);
        _run.ToReserve("c", 1).Refusal!.Window.ShouldBe(BudgetWindow.Rolling(7));
        _run.At("2025-02-08T00:00:00Z").Spend(2);
        _run.ToReserve("d", 1).Refusal!.Window.ShouldBe(BudgetWindow.Total);
    }

    [Fact]
    public void What_is_held_counts_in_every_window_until_it_is_settled_and_then_in_the_one_of_its_settlement()
    {
        _run.At("2025-01-31T23:59:00Z").Limit(BudgetWindow.Daily, 10);
        _run.Reserve("r1", 6);
        _run.At("2025-02-01T00:00:30Z").Allows(5).ShouldBeFalse();
        _run.Settle("r1", 6);
        _run.Spent(BudgetWindow.Daily).ShouldBe(6);
    }

    [Fact]
    public void Rolling_budgets_count_from_when_they_were_first_set()
    {
        _run.Spend(10);
        _run.Limit(BudgetWindow.Rolling(30), 10);
        _run.Spent(BudgetWindow.Rolling(30)).ShouldBe(0);
        _run.Spend(10);
        // Without a limit they go on counting.
        _run.Limit(BudgetWindow.Rolling(30), null);
        _run.Spend(3);
        _run.Limit(BudgetWindow.Rolling(30), 20);
        _run.Spent(BudgetWindow.Rolling(30)).ShouldBe(13);
    }

    [Theory]
    [InlineData("rolling-7d")]
    [InlineData("rolling-40d")]
    [InlineData("daily")]
    public void What_was_billed_before_a_window_counts_it_is_not_given_back_to_it(string text)
    {
        BudgetWindow.TryParse(text, out var window).ShouldBeTrue();
        _run.At("2025-01-31T12:00:00Z").Reserve("r1", 8);
        _run.At("2025-01-31T12:02:00Z").Expire("r1");
        // In the very millisecond of the expiry.
        _run.Limit(window, 10);
        _run.Spend(2);
        _run.Settle("r1", 1);
        _run.Spent(window).ShouldBe(text == "daily" ? 3 : 2);
    }

    [Fact]
    public void A_late_settlement_gives_back_to_the_step_that_was_billed()
    {
        _run.At("2025-01-31T12:00:00Z").Limit(BudgetWindow.Rolling(1), 10);
        _run.Reserve("r1", 10);
        _run.At("2025-01-31T12:02:00Z").Expire("r1");
        _run.At("2025-02-01T11:00:00Z").Settle("r1", 4);
        _run.Spent(BudgetWindow.Rolling(1)).ShouldBe(4);
        _run.At("2025-02-01T13:00:00Z").Spent(BudgetWindow.Rolling(1)).ShouldBe(0);
    }

    [Fact]
    public void A_scope_holds_sixteen_limits_and_one_that_is_removed_makes_room()
    {
        for (var days = 1; days <= 16; days++)
            _run.Limit(BudgetWindow.Rolling(days), 100);
        _run.Change(new BudgetChange.SetLimit("more", BudgetScope.Tenant, BudgetWindow.Rolling(17), new Money(1))).ShouldBe(AccountOutcome.TooMany);
        _run.Limit(BudgetWindow.Rolling(3), null);
        _run.Limit(BudgetWindow.Rolling(17), 5);
        _run.Allows(6).ShouldBeFalse();
        _run.Account.StateAt(_run.Now).Budgets.Count.ShouldBe(16);
        _run.Change(new BudgetChange.SetLimit("again", BudgetScope.Tenant, BudgetWindow.Rolling(16), new Money(1))).ShouldBe(AccountOutcome.Append);
    }

    [Fact]
    public void A_clock_set_back_opens_no_window_again()
    {
        _run.At("2025-02-01T00:10:00Z").Limit(BudgetWindow.Hourly, 10);
        _run.Spend(10);
        _run.At("2025-01-31T23:10:00Z").Allows(1).ShouldBeFalse();
        _run.Budget(BudgetWindow.Hourly).StartsAt.ShouldBe(DateTimeOffset.Parse("2025-02-01T00:00:00Z"));
    }
}
