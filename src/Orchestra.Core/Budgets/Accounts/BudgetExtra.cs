namespace Orchestra.Core.Budgets.Accounts;

/// <summary>Extra money on top of a limit.</summary>
/// <param name="Amount">Nano-dollars.</param>
/// <param name="Until">When it ends; milliseconds since 1970, UTC; null for never.</param>
public readonly record struct BudgetExtra(long Amount, long? Until)
{
    /// <summary>Whether it counts at a moment.</summary>
    public bool Counts(long now) => Until is null || Until > now;
}
