using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Grains.Messages;

/// <summary>A <see cref="BudgetExtra"/> on its way to another silo.</summary>
/// <param name="AmountNanos">Nano-dollars.</param>
/// <param name="Until">When it ends; milliseconds since 1970, UTC; null for never.</param>
[GenerateSerializer, Immutable, Alias("orchestra.budget-extra")]
public readonly record struct BudgetExtraMessage([property: Id(0)] long AmountNanos, [property: Id(1)] long? Until);
