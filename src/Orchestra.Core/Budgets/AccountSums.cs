namespace Orchestra.Core.Budgets;

/// <summary>The numbers of an account; 128 bits, so that no sequence of 64-bit amounts overflows them.</summary>
/// <param name="Version">Entries folded so far.</param>
/// <param name="LastAt">The latest time of any entry: the account's clock never goes behind it.</param>
/// <param name="Limit">The hard limit; null where there is none.</param>
/// <param name="Window">The window that the limit covers.</param>
/// <param name="Total">Settled in all.</param>
/// <param name="Daily">Settled on the day of <paramref name="LastAt"/>.</param>
/// <param name="Monthly">Settled in the month of <paramref name="LastAt"/>.</param>
/// <param name="Reserved">Set aside by open reservations.</param>
internal readonly record struct AccountSums(
    long Version, DateTimeOffset LastAt, Money? Limit, BudgetWindow Window, Int128 Total, Int128 Daily, Int128 Monthly, Int128 Reserved)
{
    /// <summary>Settled in the limit's window, as seen at a time that is not before <see cref="LastAt"/>.</summary>
    public Int128 SpentAt(DateTimeOffset at) => Window switch
    {
        BudgetWindow.Daily => SameDay(LastAt, at) ? Daily : 0,
        BudgetWindow.Monthly => SameMonth(LastAt, at) ? Monthly : 0,
        _ => Total,
    };

    /// <summary>The same numbers with the clock moved on, and what it leaves behind forgotten.</summary>
    public AccountSums MovedTo(DateTimeOffset at) => at <= LastAt
        ? this
        : this with { LastAt = at, Daily = SameDay(LastAt, at) ? Daily : 0, Monthly = SameMonth(LastAt, at) ? Monthly : 0 };

    /// <summary>
    /// The same numbers with an amount spent. What is given back counts only in the windows in which it was billed: giving it to a later
    /// window would let that one spend more than its limit.
    /// </summary>
    public AccountSums Spending(Money amount, DateTimeOffset billedAt) => this with
    {
        Total = Total + amount.Nanos,
        Daily = amount.Nanos >= 0 || SameDay(billedAt, LastAt) ? Daily + amount.Nanos : Daily,
        Monthly = amount.Nanos >= 0 || SameMonth(billedAt, LastAt) ? Monthly + amount.Nanos : Monthly,
    };

    /// <summary>Whether this much more can be set aside.</summary>
    public bool Allows(Money more, DateTimeOffset at) => more.IsZero || Limit is not { } limit || SpentAt(at) + Reserved + more.Nanos <= limit.Nanos;

    /// <summary>The numbers for people; amounts beyond 64 bits are shown as the largest.</summary>
    public BudgetState StateAt(DateTimeOffset at) => new(Limit, Window, Shown(SpentAt(at)), Shown(Reserved), Version);

    private static Money Shown(Int128 nanos) => new((long)Int128.Min(nanos, long.MaxValue));

    private static bool SameDay(DateTimeOffset a, DateTimeOffset b) => a.UtcDateTime.Date == b.UtcDateTime.Date;

    private static bool SameMonth(DateTimeOffset a, DateTimeOffset b) => a.UtcDateTime.Year == b.UtcDateTime.Year && a.UtcDateTime.Month == b.UtcDateTime.Month;
}
