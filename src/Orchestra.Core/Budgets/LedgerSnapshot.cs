namespace Orchestra.Core.Budgets;

/// <summary>A stored state of a tenant's account.</summary>
/// <param name="TenantId">Whose account.</param>
/// <param name="Version">Entries that it folds.</param>
/// <param name="State">The state as JSON; the store does not look into it.</param>
public sealed record LedgerSnapshot(string TenantId, long Version, string State);
