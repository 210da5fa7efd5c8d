namespace Orchestra.Core.Budgets.Accounts;

/// <summary>The numbers of one scope; 128 bits, so that no sequence of 64-bit amounts overflows them.</summary>
/// <param name="At">When it was spent from last, milliseconds since 1970, UTC; what belongs to windows before it is over.</param>
/// <param name="Ever">Settled in all, whatever was forgiven.</param>
/// <param name="Total">Settled in all since the last reset.</param>
/// <param name="Hour">Settled in the hour of <paramref name="At"/>.</param>
/// <param name="Day">Settled on the day of <paramref name="At"/>.</param>
/// <param name="Week">Settled in the week of <paramref name="At"/>.</param>
/// <param name="Month">Settled in the month of <paramref name="At"/>.</param>
/// <param name="Reserved">Set aside by open reservations.</param>
internal readonly record struct ScopeSums(
    long At, Int128 Ever, Int128 Total, Int128 Hour, Int128 Day, Int128 Week, Int128 Month, Int128 Reserved)
{
    /// <summary>Settled in the present window of a kind.</summary>
    public Int128 Spent(BudgetWindowKind kind, in WindowStarts starts) => kind switch
    {
        BudgetWindowKind.Hourly => At >= starts.Hour ? Hour : 0,
        BudgetWindowKind.Daily => At >= starts.Day ? Day : 0,
        BudgetWindowKind.Weekly => At >= starts.Week ? Week : 0,
        BudgetWindowKind.Monthly => At >= starts.Month ? Month : 0,
        _ => Total,
    };

    /// <summary>The same numbers with the calendar windows moved on to a moment.</summary>
    public ScopeSums MovedTo(long now, in WindowStarts starts) => new(
        now, Ever, Total, Spent(BudgetWindowKind.Hourly, starts), Spent(BudgetWindowKind.Daily, starts), Spent(BudgetWindowKind.Weekly, starts),
        Spent(BudgetWindowKind.Monthly, starts), Reserved);

    /// <summary>The same numbers with one window's spending replaced.</summary>
    public ScopeSums With(BudgetWindowKind kind, Int128 spent) => kind switch
    {
        BudgetWindowKind.Hourly => this with { Hour = spent },
        BudgetWindowKind.Daily => this with { Day = spent },
        BudgetWindowKind.Weekly => this with { Week = spent },
        BudgetWindowKind.Monthly => this with { Month = spent },
        BudgetWindowKind.Total => this with { Total = spent },
        _ => this,
    };
}
