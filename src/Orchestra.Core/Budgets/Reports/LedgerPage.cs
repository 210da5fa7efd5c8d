namespace Orchestra.Core.Budgets.Reports;

/// <summary>Some rows of the ledgers.</summary>
/// <param name="Entries">The rows; there may be further ones even where these are few or none.</param>
/// <param name="Next">Where to go on; null where there are no further rows.</param>
public sealed record LedgerPage(IReadOnlyList<LedgerEntry> Entries, LedgerPosition? Next);
