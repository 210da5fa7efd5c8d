namespace Orchestra.Core.Budgets.Reports;

/// <summary>What one group spent, as programs read it.</summary>
/// <param name="Tenant">Whose team, user or key it is; null for experts and days.</param>
/// <param name="Name">The group; empty for calls that have none.</param>
/// <param name="AmountUsd">Exact decimal dollars.</param>
/// <param name="Calls">Calls that were billed.</param>
/// <param name="Share">Its part of all that was spent, 0 to 1.</param>
public sealed record SpendDocumentGroup(string? Tenant, string Name, string AmountUsd, long Calls, double Share);
