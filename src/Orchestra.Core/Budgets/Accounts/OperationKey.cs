namespace Orchestra.Core.Budgets.Accounts;

/// <summary>What is unique in a tenant's ledger.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Slot">Which of the operations that share the id; see <see cref="LedgerEntry.Slot"/>.</param>
internal readonly record struct OperationKey(string OperationId, int Slot);
