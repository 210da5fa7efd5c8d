namespace Orchestra.Core.Budgets;

/// <summary>How long a tenant's ledger is.</summary>
/// <param name="TenantId">Whose ledger.</param>
/// <param name="Version">The number of its last entry.</param>
public readonly record struct LedgerHead(string TenantId, long Version);
