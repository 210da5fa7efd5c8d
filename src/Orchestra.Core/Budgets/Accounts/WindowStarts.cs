namespace Orchestra.Core.Budgets.Accounts;

/// <summary>When the calendar windows that hold a moment began; milliseconds since 1970, UTC.</summary>
/// <param name="Hour">The hour.</param>
/// <param name="Day">The day.</param>
/// <param name="Week">The week, from Monday.</param>
/// <param name="Month">The month.</param>
/// <param name="Zoned">When the account's time zone was set.</param>
internal readonly record struct WindowStarts(long Hour, long Day, long Week, long Month, long Zoned)
{
    /// <summary>The beginning of the present window of a kind; windows over all time began before everything.</summary>
    public long Of(BudgetWindow window, long now) => window.Kind switch
    {
        BudgetWindowKind.Hourly => Hour,
        BudgetWindowKind.Daily => Day,
        BudgetWindowKind.Weekly => Week,
        BudgetWindowKind.Monthly => Month,
        BudgetWindowKind.Rolling => RollingSum.StartOf(now, window.Days),
        _ => long.MinValue,
    };

    /// <summary>
    /// Since when the present window certainly holds what was billed: a calendar window that began before the time zone was set may have dropped it
    /// with a window of the zone before.
    /// </summary>
    public long HoldsSince(BudgetWindow window, long now) =>
        window.Kind is BudgetWindowKind.Total or BudgetWindowKind.Rolling ? Of(window, now) : Math.Max(Of(window, now), Zoned);
}
