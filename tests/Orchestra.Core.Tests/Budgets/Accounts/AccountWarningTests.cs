using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class AccountWarningTests
{
    private readonly AccountRun _run = new();

    [Fact]
    public void Each_line_fires_once_in_a_window_when_what_is_spent_reaches_it()
    {
        _run.Limit(BudgetWindow.Daily, 1_000);
        _run.Reserve("held", 1_000);
        _run.Warnings().ShouldBeEmpty("what is held is not spent");
        _run.Settle("held", 499);
        _run.Warnings().ShouldBeEmpty();
        _run.Spend(1);
        _run.Warnings().ShouldBe("Tenant daily 50");
        _run.Spend(100);
        _run.Warnings().ShouldBeEmpty();
        _run.Spend(350);
        _run.Warnings().ShouldBe("Tenant daily 80, Tenant daily 95");
        _run.Spend(50);
        _run.Warnings().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("hourly", 1)]
    [InlineData("daily", 24)]
    [InlineData("weekly", 7 * 24)]
    [InlineData("monthly", 31 * 24)]
    [InlineData("rolling-2d", 49)]
    public void In_the_next_window_it_fires_again(string text, int hours)
    {
        BudgetWindow.TryParse(text, out var window).ShouldBeTrue();
        _run.Limit(window, 10);
        _run.Spend(6);
        _run.Warnings().ShouldBe($"Tenant {text} 50");
        _run.Now += TimeSpan.FromHours(hours);
        _run.Warnings().ShouldBeEmpty();
        _run.Spend(6);
        _run.Warnings().ShouldBe($"Tenant {text} 50");
    }

    [Fact]
    public void Over_all_time_it_fires_once_for_good()
    {
        _run.Limit(BudgetWindow.Total, 10);
        _run.Spend(6);
        _run.Warnings().ShouldBe("Tenant total 50");
        _run.At("2030-01-01T00:00:00Z").Spend(1);
        _run.Warnings().ShouldBeEmpty();
    }

    [Fact]
    public void It_fires_again_after_the_limit_changed_was_raised_or_topped_up_or_the_window_reset()
    {
        _run.Limit(BudgetWindow.Daily, 10);
        _run.Spend(9);
        _run.Warnings().ShouldBe("Tenant daily 50, Tenant daily 80");
        _run.Limit(BudgetWindow.Daily, 11);
        _run.Warnings().ShouldBe("Tenant daily 50, Tenant daily 80");
        _run.Grant(BudgetWindow.Daily, 1);
        _run.Warnings().ShouldBe("Tenant daily 50");
        _run.Raise(BudgetWindow.Daily, 1, "2025-01-31T13:00:00Z");
        _run.Warnings().ShouldBe("Tenant daily 50");
        // The raise ends, and with it the limit falls.
        _run.At("2025-01-31T13:00:00Z").Spend(1);
        _run.Warnings().ShouldBe("Tenant daily 80");
        _run.Reset(BudgetWindow.Daily);
        _run.Warnings().ShouldBeEmpty();
        _run.Spend(6);
        _run.Warnings().ShouldBe("Tenant daily 50");
    }

    [Fact]
    public void Every_level_and_window_of_the_payer_warns_for_itself()
    {
        _run.Limit(BudgetWindow.Daily, 10);
        _run.Limit(BudgetWindow.Monthly, 100);
        _run.Limit(BudgetScope.Team("research"), BudgetWindow.Rolling(3), 20);
        _run.Limit(BudgetScope.User("ann"), BudgetWindow.Total, 12);
        _run.Limit(BudgetScope.Key("other"), BudgetWindow.Total, 1);
        _run.Spend(10);
        _run.Warnings().ShouldBe("Tenant daily 50, Tenant daily 80, Tenant daily 95, Team rolling-3d 50, User total 50, User total 80");
    }

    [Fact]
    public void A_budget_may_have_lines_of_its_own_or_none()
    {
        _run.Limit(BudgetScope.Tenant, BudgetWindow.Daily, 10, [10, 100]);
        _run.Limit(BudgetScope.Tenant, BudgetWindow.Weekly, 10, []);
        _run.Spend(9);
        _run.Warnings().ShouldBe("Tenant daily 10");
        _run.Spend(1);
        _run.Warnings().ShouldBe("Tenant daily 100");
    }

    [Fact]
    public void A_warning_says_what_was_spent_of_what_and_until_when()
    {
        _run.Limit(BudgetScope.Team("research"), BudgetWindow.Daily, 2_500_000_000);
        _run.Spend(2_000_000_001);
        _run.Warnings();
        var warning = _run.Entries[^1];
        (warning.Kind, warning.Scope, warning.Window, warning.Amount, warning.Detail).ShouldBe(
            (LedgerEntryKind.Warn, BudgetScope.Team("research"), BudgetWindow.Daily, new Money(2_000_000_001), "80/2.5"));
        warning.Until.ShouldBe(DateTimeOffset.Parse("2025-02-01T00:00:00Z"));
    }

    [Fact]
    public void Pressure_rises_from_the_last_line_to_the_limit()
    {
        _run.Account.UsageOf(AccountRun.Ann, [80], _run.Now).ShouldBeNull();
        _run.Limit(BudgetWindow.Daily, 100);
        _run.Limit(BudgetScope.Key("key_ann"), BudgetWindow.Weekly, 1_000);
        Usage().Pressure.ShouldBe(0);
        _run.Reserve("held", 40);
        _run.Spend(40);
        Usage().Pressure.ShouldBe(0, 1e-9);
        _run.Spend(5);
        Usage().ShouldBe(new BudgetUsage(BudgetScope.Tenant, BudgetWindow.Daily, new Money(15), Usage().Pressure));
        Usage().Pressure.ShouldBe(0.25, 1e-9);
        _run.Spend(15);
        Usage().Pressure.ShouldBe(1);
        _run.Limit(BudgetScope.Key("key_ann"), BudgetWindow.Weekly, 0);
        Usage().Pressure.ShouldBe(1);

        BudgetUsage Usage() => _run.Account.UsageOf(AccountRun.Ann, [80], _run.Now)!.Value;
    }

    [Theory]
    [InlineData(100)]
    [InlineData]
    public void Without_a_line_before_the_limit_pressure_comes_only_at_it(params int[] lines)
    {
        _run.Limit(BudgetWindow.Daily, 10);
        _run.Spend(9);
        _run.Account.UsageOf(AccountRun.Ann, lines, _run.Now)!.Value.Pressure.ShouldBe(0);
        _run.Spend(1);
        _run.Account.UsageOf(AccountRun.Ann, lines, _run.Now)!.Value.Pressure.ShouldBe(1);
    }
}
