namespace Orchestra.Core.Budgets.Accounts;

/// <summary>What was spent in one step of a rolling window.</summary>
/// <param name="Start">The step's beginning; milliseconds since 1970, UTC.</param>
/// <param name="Amount">Nano-dollars.</param>
public readonly record struct RollingStep(long Start, Int128 Amount);
