namespace Orchestra.Core.Budgets.Warnings;

/// <summary>A warning that still has to be delivered.</summary>
/// <param name="Entry">The ledger's entry, of kind <see cref="LedgerEntryKind.Warn"/>.</param>
/// <param name="Tries">Deliveries that failed so far.</param>
public sealed record PendingWarning(LedgerEntry Entry, int Tries);
