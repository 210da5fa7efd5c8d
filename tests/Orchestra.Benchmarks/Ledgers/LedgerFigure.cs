namespace Orchestra.Benchmarks.Ledgers;

/// <summary>One measurement.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="PerSecond">Operations a second.</param>
/// <param name="P50">Milliseconds in which half of the operations were answered; null where that was not measured.</param>
/// <param name="P99">Milliseconds in which 99 of 100 were.</param>
/// <param name="Target">What it is judged against; empty where nothing is.</param>
/// <param name="Met">Whether it keeps that; null where there is no target.</param>
internal sealed record LedgerFigure(string Name, double PerSecond, double? P50, double? P99, string Target, bool? Met);
