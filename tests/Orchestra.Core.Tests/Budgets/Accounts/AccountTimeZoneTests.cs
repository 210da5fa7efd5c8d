using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class AccountTimeZoneTests
{
    private readonly AccountRun _run = new("2025-03-29T22:30:00Z");

    [Theory]
    [InlineData("Europe/Berlin", "2025-03-29T23:00:00Z", "2025-03-30T21:59:59.999Z", "2025-03-30T22:00:00Z")]
    [InlineData("Europe/Berlin", "2025-10-25T22:00:00Z", "2025-10-26T22:59:59.999Z", "2025-10-26T23:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T01:59:59.999Z", "2018-11-05T02:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-30T09:59:59.999Z", "2011-12-30T10:00:00Z")]
    public void A_daily_budget_lasts_as_long_as_the_day_does(string zone, string start, string last, string next)
    {
        _run.At("2011-01-01T00:00:00Z").Zone(zone);
        _run.Limit(BudgetWindow.Daily, 10);
        _run.At(start).Spend(10);
        _run.Budget(BudgetWindow.Daily).EndsAt.ShouldBe(DateTimeOffset.Parse(next));
        _run.At(last).Allows(1).ShouldBeFalse();
        _run.At(next).Allows(10).ShouldBeTrue();
    }

    [Fact]
    public void A_new_zone_keeps_what_is_counted_and_moves_the_windows_end()
    {
        _run.At("2025-03-29T10:00:00Z").Limit(BudgetWindow.Daily, 10);
        _run.Spend(7);
        // In Auckland the 30th began at 11:00; what was spent at 10:00 lies on its 29th.
        _run.At("2025-03-29T12:00:00Z").Zone("Pacific/Auckland").ShouldBe(AccountOutcome.Append);
        _run.Spent(BudgetWindow.Daily).ShouldBe(7);
        _run.Allows(4).ShouldBeFalse();
        _run.Budget(BudgetWindow.Daily).EndsAt.ShouldBe(DateTimeOffset.Parse("2025-03-30T11:00:00Z"));
        _run.At("2025-03-30T11:00:00Z").Spent(BudgetWindow.Daily).ShouldBe(0);
    }

    [Fact]
    public void What_an_earlier_zones_window_billed_is_not_given_back_to_a_later_one()
    {
        _run.At("2025-03-29T00:00:00Z").Zone("Pacific/Auckland");
        _run.Limit(BudgetWindow.Daily, 20);
        _run.At("2025-03-29T09:00:00Z").Reserve("r1", 8);
        _run.At("2025-03-29T09:02:00Z").Expire("r1");
        // The day in Auckland ends at 11:00, and with it what it counted; the day in UTC goes on.
        _run.At("2025-03-29T11:30:00Z").Spend(5);
        _run.Zone("UTC");
        _run.Spent(BudgetWindow.Daily).ShouldBe(5);
        _run.Settle("r1", 1);
        _run.Spent(BudgetWindow.Daily).ShouldBe(5);
        _run.Account.StateAt(_run.Now).Spent.ShouldBe(new Money(6));
    }

    [Fact]
    public void A_warning_that_fires_again_after_changes_of_the_zone_is_a_new_operation()
    {
        _run.At("2025-03-29T10:00:00Z").Limit(BudgetWindow.Daily, 10);
        _run.Spend(8);
        _run.Warnings().ShouldBe("Tenant daily 50, Tenant daily 80");
        _run.At("2025-03-29T10:30:00Z").Zone("Pacific/Auckland");
        _run.At("2025-03-29T11:10:00Z").Spend(5);
        _run.Warnings().ShouldBe("Tenant daily 50");
        _run.At("2025-03-29T11:30:00Z").Zone("UTC");
        _run.Spend(3);
        _run.Warnings().ShouldBe("Tenant daily 80");
        _run.Entries.Select(entry => entry.OperationId + entry.Slot).ShouldBeUnique();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    [InlineData("../../../etc/passwd")]
    [InlineData("Europe/Berlin\0")]
    [InlineData(null)]
    public void An_unknown_zone_is_refused(string? zone) => _run.Zone(zone!).ShouldBe(AccountOutcome.BadTimeZone);
}
