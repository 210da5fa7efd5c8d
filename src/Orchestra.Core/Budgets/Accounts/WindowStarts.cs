namespace Orchestra.Core.Budgets.Accounts;

/// <summary>When the calendar windows that hold a moment began; milliseconds since 1970, UTC.</summary>
/// <param name="Hour">The hour.</param>
/// <param name="Day">The day.</param>
/// <param name="Week">The week, from Monday.</param>
/// <param name="Month">The month.</param>
internal readonly record struct WindowStarts(long Hour, long Day, long Week, long Month)
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
}
