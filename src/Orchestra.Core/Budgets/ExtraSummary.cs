namespace Orchestra.Core.Budgets;

/// <summary>Extra money on top of a limit, as the APIs show it.</summary>
/// <param name="AmountUsd">How much.</param>
/// <param name="Until">When it ends; null for never.</param>
public sealed record ExtraSummary(Money AmountUsd, DateTimeOffset? Until);
