using Orchestra.Core.Budgets.Verification;

namespace Orchestra.Cli.Ledgers.Verify;

/// <summary>A verification as programs read it.</summary>
internal sealed record VerificationDocument(bool Clean, int Tenants, long Rows, long Snapshots, double Seconds, double RowsPerSecond, IReadOnlyList<LedgerFault> Faults);
