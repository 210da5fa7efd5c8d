using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>Windows from local dates alone: two moments are in one window when the clock on the wall shows the same hour, date, week or month.</summary>
public static class NaiveClock
{
    public static bool AreInOneWindow(TimeZoneInfo zone, BudgetWindow window, DateTimeOffset a, DateTimeOffset b) => KeyOf(zone, window, a) == KeyOf(zone, window, b);

    /// <summary>The first moment whose spending a rolling window still counts: its whole oldest hour, or day in windows of more than a month.</summary>
    public static DateTimeOffset RollingStart(BudgetWindow window, DateTimeOffset at)
    {
        var start = at.UtcDateTime - TimeSpan.FromDays(window.Days);
        return window.Days <= 31 ? new(start.Year, start.Month, start.Day, start.Hour, 0, 0, TimeSpan.Zero) : new(start.Year, start.Month, start.Day, 0, 0, 0, TimeSpan.Zero);
    }

    private static long KeyOf(TimeZoneInfo zone, BudgetWindow window, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var day = local.Date.Ticks / TimeSpan.TicksPerDay;
        return window.Kind switch
        {
            // The same hour on the wall comes twice where clocks go back.
            BudgetWindowKind.Hourly => (local.DateTime.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour) - local.Offset.Ticks,
            BudgetWindowKind.Daily => day,
            // The first day of the calendar was a Monday.
            BudgetWindowKind.Weekly => day / 7,
            BudgetWindowKind.Monthly => (local.Year * 12) + local.Month,
            _ => 0,
        };
    }
}
