using Orchestra.Cli.Bench.Gateway.Load;

namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>Everything that one run of the gateway bench found.</summary>
internal sealed record GatewayReport(
    GatewayBenchOptions Options, string Machine, IReadOnlyList<GatewayRound> Rounds, string? Failures, ProcessFigures? Process, LedgerCheck? Ledger)
{
    /// <summary>Whether the figures can be trusted: nothing failed and the ledger agrees. A missed target is a finding, not a fault.</summary>
    public bool IsSound => Failures is null && Ledger is null or { Agrees: true };

    /// <summary>The figures, medians over rounds.</summary>
    public IReadOnlyList<Figure> Figures() =>
    [
        Added("p50 at 1 connection", "ms", round => round.Single, result => result.P50Milliseconds, most: 0.6),
        Added("p99 at 1 connection", "ms", round => round.Single, result => result.P99Milliseconds, most: null),
        Rate($"requests per second at {Options.Connections}", Options.Connections == 32 ? 3_000 : null),
        Added($"p50 at {Options.Connections} connections", "ms", round => round.Many, result => result.P50Milliseconds, most: null),
        Added($"p99 at {Options.Connections} connections", "ms", round => round.Many, result => result.P99Milliseconds, most: null),
        Added("first streamed event, p50", "ms", round => round.Stream, result => result.P50Milliseconds, most: 2),
        Added("first streamed event, p99", "ms", round => round.Stream, result => result.P99Milliseconds, most: null),
    ];

    private Figure Added(string name, string unit, Func<GatewayRound, LoadPair> pair, Func<LoadResult, double> value, double? most)
    {
        var direct = LatencyStatistics.Median(Rounds.Select(round => value(pair(round).Direct)));
        var node = LatencyStatistics.Median(Rounds.Select(round => value(pair(round).Node)));
        // The difference is taken within each round: what disturbs the machine for longer then disturbs both sides.
        var added = LatencyStatistics.Median(Rounds.Select(round => value(pair(round).Node) - value(pair(round).Direct)));
        return new Figure(name, unit, direct, node, added, node / direct, most is { } bound ? new Target($"added ≤ {bound} {unit}", added <= bound) : null);
    }

    private Figure Rate(string name, double? least)
    {
        var direct = LatencyStatistics.Median(Rounds.Select(round => round.Many.Direct.PerSecond));
        var node = LatencyStatistics.Median(Rounds.Select(round => round.Many.Node.PerSecond));
        return new Figure(name, "1/s", direct, node, Added: null, node / direct, least is { } bound ? new Target($"≥ {bound:N0} 1/s", node >= bound) : null);
    }
}
