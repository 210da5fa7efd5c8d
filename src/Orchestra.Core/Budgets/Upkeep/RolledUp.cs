namespace Orchestra.Core.Budgets.Upkeep;

/// <summary>What a roll-up did, or would do, to one tenant's ledger.</summary>
/// <param name="TenantId">Whose ledger.</param>
/// <param name="Version">The last row that is rolled up.</param>
/// <param name="Rows">Rows that went.</param>
public readonly record struct RolledUp(string TenantId, long Version, long Rows);
