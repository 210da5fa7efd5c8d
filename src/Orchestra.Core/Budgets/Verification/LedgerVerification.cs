namespace Orchestra.Core.Budgets.Verification;

/// <summary>What a verification found, so far or in the end.</summary>
/// <param name="Tenants">Tenants that are done.</param>
/// <param name="AllTenants">Tenants that there are.</param>
/// <param name="Rows">Rows that are checked.</param>
/// <param name="Snapshots">Stored states that are compared, openings included.</param>
/// <param name="Faults">The faults, at most one of a tenant.</param>
public sealed record LedgerVerification(int Tenants, int AllTenants, long Rows, long Snapshots, IReadOnlyList<LedgerFault> Faults);
