namespace Orchestra.Core.Budgets.Verification;

/// <summary>The first row of a tenant's ledger that breaks a rule.</summary>
/// <param name="TenantId">Whose ledger.</param>
/// <param name="Version">The row.</param>
/// <param name="Message">What is wrong.</param>
public sealed record LedgerFault(string TenantId, long Version, string Message);
