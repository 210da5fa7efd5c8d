namespace Orchestra.Core.Budgets.Reports;

/// <summary>What one group spent.</summary>
/// <param name="TenantId">Whose team, user or key it is; the tenant itself where that is the group; empty for experts and days.</param>
/// <param name="Name">The team, user, key, expert, tenant, or the day as <c>yyyy-MM-dd</c>; empty where the calls have none.</param>
/// <param name="Nanos">Nano-dollars; 128 bits, so that no sum of 64-bit amounts overflows.</param>
/// <param name="Calls">Calls that were billed, those at no cost included.</param>
public readonly record struct SpendGroup(string TenantId, string Name, Int128 Nanos, long Calls);
