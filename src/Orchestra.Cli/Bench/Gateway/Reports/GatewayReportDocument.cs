namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>The report as <c>--json</c> prints it.</summary>
internal sealed record GatewayReportDocument(
    string Machine,
    double SecondsPerMeasurement,
    int Connections,
    IReadOnlyList<Figure> Figures,
    ProcessFigures? Process,
    LedgerCheck? Ledger,
    bool Sound,
    string? Failures,
    IReadOnlyList<GatewayRound> Rounds);
