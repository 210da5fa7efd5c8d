namespace Orchestra.Core.Budgets.Accounts;

/// <summary>The money of one scope: its numbers and its budgets. Times are milliseconds since 1970, UTC.</summary>
internal sealed class ScopeAccount(BudgetScope scope)
{
    private static readonly BudgetWindow[] Windows = [BudgetWindow.Total, BudgetWindow.Hourly, BudgetWindow.Daily, BudgetWindow.Weekly, BudgetWindow.Monthly];

    public BudgetScope Scope => scope;

    public ScopeSums Sums { get; set; }

    /// <summary>Replaced as a whole when one of them changes.</summary>
    public Budget[] Budgets { get; set; } = [];

    public Int128 SpentIn(Budget budget, long now, in WindowStarts starts) =>
        budget.Rolling is { } rolling ? rolling.At(now) : Sums.Spent(budget.Window.Kind, starts);

    /// <summary>What a budget still allows to set aside; may be negative.</summary>
    public Int128 LeftIn(Budget budget, long now, in WindowStarts starts) => budget.LimitAt(now) - SpentIn(budget, now, starts) - Sums.Reserved;

    public Budget? Find(BudgetWindow window) => Array.Find(Budgets, budget => budget.Window == window);

    public void Reserve(Int128 nanos) => Sums = Sums with { Reserved = Sums.Reserved + nanos };

    /// <summary>
    /// Counts what was spent. What is given back counts only in windows that hold the time at which it was billed: giving it to a later window would
    /// let that one spend more than its limit.
    /// </summary>
    public void Spend(Int128 nanos, long billedAt, long now, in WindowStarts starts)
    {
        var sums = Sums.MovedTo(now, starts);
        if (nanos >= 0)
        {
            Sums = new(now, sums.Ever + nanos, sums.Total + nanos, sums.Hour + nanos, sums.Day + nanos, sums.Week + nanos, sums.Month + nanos, sums.Reserved);
        }
        else
        {
            sums = sums with { Ever = sums.Ever + nanos };
            foreach (var window in Windows)
            {
                if ((Find(window) ?? new Budget(window)).Counts(nanos, billedAt, starts.HoldsSince(window, now)))
                    sums = sums.With(window.Kind, sums.Spent(window.Kind, starts) + nanos);
            }

            Sums = sums;
        }

        AddRolling(nanos, billedAt, now);
    }

    /// <summary>Counts what was spent, or takes it back, in the rolling windows.</summary>
    public void AddRolling(Int128 nanos, long billedAt, long now, bool takesBack = false)
    {
        foreach (var budget in Budgets)
        {
            if (budget.Rolling is { } rolling && budget.Counts(nanos, billedAt, RollingSum.StartOf(now, budget.Window.Days)))
                rolling.Add(nanos < 0 ? billedAt : now, takesBack ? -nanos : nanos);
        }
    }

    /// <summary>Drops what no rolling window holds any more.</summary>
    public void TrimRolling(long now)
    {
        foreach (var budget in Budgets)
            budget.Rolling?.Trim(now);
    }

    /// <summary>Puts a budget in the place of the one with its window.</summary>
    public void Replace(Budget budget)
    {
        var others = Budgets.Where(other => other.Window != budget.Window);
        Budgets = [.. others.Append(budget).OrderBy(other => other.Window.Code)];
    }
}
