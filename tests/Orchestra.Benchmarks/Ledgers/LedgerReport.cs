namespace Orchestra.Benchmarks.Ledgers;

/// <summary>All figures of a run.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Seconds">How long each measurement took.</param>
/// <param name="Inserts">pgbench's single-row inserts a second at 32 clients, the mean of before and after.</param>
/// <param name="Figures">The measurements.</param>
internal sealed record LedgerReport(string Machine, double Seconds, double Inserts, IReadOnlyList<LedgerFigure> Figures);
