namespace Orchestra.Core.Budgets.Accounts;

/// <summary>Extra money on top of a limit.</summary>
/// <param name="Amount">Nano-dollars.</param>
/// <param name="Until">When it ends; milliseconds since 1970, UTC; null for never.</param>
public readonly record struct BudgetExtra(long Amount, long? Until);
