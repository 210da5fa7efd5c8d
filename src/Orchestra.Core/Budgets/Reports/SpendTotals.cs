namespace Orchestra.Core.Budgets.Reports;

/// <summary>What a tenant's sums hold over all days and experts.</summary>
/// <param name="Version">The spend head: the last row that they hold.</param>
/// <param name="Payers">The sums of each payer, in nano-dollars.</param>
public sealed record SpendTotals(long Version, IReadOnlyList<KeyValuePair<Payer, Int128>> Payers);
