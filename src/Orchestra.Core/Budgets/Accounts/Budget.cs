namespace Orchestra.Core.Budgets.Accounts;

/// <summary>One limit of a scope; changed by replacing it, except for the sum of a rolling window. Times are milliseconds since 1970, UTC.</summary>
internal sealed record Budget(BudgetWindow Window)
{
    /// <summary>The hard limit without extra money; null for none.</summary>
    public Money? Limit { get; init; }

    /// <summary>Grants and raises.</summary>
    public IReadOnlyList<BudgetExtra> Extras { get; init; } = [];

    /// <summary>When what was spent was forgiven last; the beginning of time for never.</summary>
    public long ResetAt { get; init; } = long.MinValue;

    /// <summary>The entry that changed the limit last; warnings fire once for each window and limit.</summary>
    public long ChangedIn { get; init; }

    /// <summary>The highest warning line that has fired; 0 for none.</summary>
    public int WarnedLine { get; init; }

    /// <summary>When it fired.</summary>
    public long WarnedAt { get; init; }

    /// <summary>Its own warning lines, rising; null for the installation's.</summary>
    public IReadOnlyList<int>? Lines { get; init; }

    /// <summary>What was spent in a rolling window; null for other windows.</summary>
    public RollingSum? Rolling { get; init; }

    /// <summary>The limit with what is extra at a moment; meaningless without a limit.</summary>
    public Int128 LimitAt(long now) => (Int128)(Limit ?? Money.Max).Nanos + ExtraAt(now);

    /// <summary>What is extra at a moment.</summary>
    public Int128 ExtraAt(long now)
    {
        if (Extras.Count == 0)
            return 0;
        Int128 sum = 0;
        foreach (var extra in Extras)
            sum += extra.Counts(now) ? extra.Amount : 0;
        return sum;
    }

    /// <summary>Whether an amount counts in the window: what is given back only counts where it was billed since the window began and was last reset.</summary>
    public bool Counts(Int128 amount, long billedAt, long windowStart) => amount >= 0 || (billedAt >= windowStart && billedAt >= ResetAt);
}
