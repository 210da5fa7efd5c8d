using System.Text.Json;
using Orchestra.Cli.Bench.Gateway.Load;
using Orchestra.Cli.Bench.Gateway.Reports;
using Orchestra.Cli.Bench.Gateway.Upstream;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets;

namespace Orchestra.Cli.Bench.Gateway;

/// <summary>Runs the processes, the warm-up and the rounds, and compares the ledger with what was sent.</summary>
internal sealed class GatewayBench(GatewayBenchOptions options, TimeProvider time, Action<string> progress)
{
    private static readonly TimeSpan LedgerPatience = TimeSpan.FromSeconds(15);

    // Saves a hop between threads per message in the two processes that do nothing else; the node runs as users run it.
    private static readonly Dictionary<string, string> Lean = new(StringComparer.Ordinal)
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_gcConcurrent"] = "0",
    };

    private long _throughNode;
    private LoadResult? _failed;

    public async Task<GatewayReport> RunAsync(CancellationToken ct)
    {
        progress("starting");
        await using var upstream = BenchProcess.Start("mock upstream", ["bench", "upstream", "--port", $"{options.UpstreamPort}"], Lean, readsOutput: true);
        var port = int.Parse(await upstream.ReadLineAsync(TimeSpan.FromSeconds(20), ct));
        await using var load = BenchProcess.Start("load generator", ["bench", "load"], Lean, readsOutput: true);
        if (options.Url is { } url)
        {
            var measured = await MeasureAsync(load, port, url, options.Key, ct);
            return new GatewayReport(options, Machine.Describe(), measured, Failures(), Process: null, Ledger: null);
        }

        await using var node = await NodeUnderTest.StartAsync(port, time, ct);
        var idle = node.ResidentBytes;
        var rounds = await MeasureAsync(load, port, node.Url, node.Key, ct);
        var loaded = node.ResidentBytes;
        progress("comparing the ledger");
        var expected = new Money(checked(MockReply.Cost.Nanos * _throughNode));
        var (spent, reserved) = await node.ReadLedgerAsync(expected, LedgerPatience, time, ct);
        return new GatewayReport(
            options, Machine.Describe(), rounds, Failures(), new ProcessFigures(node.StartTime.TotalMilliseconds, idle, loaded), new LedgerCheck(_throughNode, MockReply.Cost, expected, spent, reserved));
    }

    private string? Failures() => _failed is null ? null : $"{_failed.Failures} requests failed, the first with: {_failed.FirstFailure}";

    private async Task<GatewayRound[]> MeasureAsync(BenchProcess load, int upstreamPort, Uri nodeUrl, string key, CancellationToken ct)
    {
        var direct = new LoadPlan(new Uri($"http://127.0.0.1:{upstreamPort}/"), "none", "mock", Stream: false, 1, options.Seconds);
        var node = direct with { Url = nodeUrl, Key = key, Model = options.Model };
        progress("warming up");
        foreach (var plan in new[] { direct, node })
        {
            await RunAsync(load, plan with { Connections = options.Connections, Seconds = options.WarmUp }, ct);
            await RunAsync(load, plan with { Stream = true, Seconds = options.WarmUp / 2 }, ct);
            await RunAsync(load, plan with { Seconds = options.WarmUp / 2 }, ct);
        }

        var rounds = new GatewayRound[options.Rounds];
        for (var round = 0; round < rounds.Length; round++)
        {
            progress($"round {round + 1} of {rounds.Length}");
            rounds[round] = new GatewayRound(
                await PairAsync(load, direct, node, ct),
                await PairAsync(load, direct with { Connections = options.Connections }, node with { Connections = options.Connections }, ct),
                await PairAsync(load, direct with { Stream = true }, node with { Stream = true }, ct));
        }

        return rounds;
    }

    private async Task<LoadPair> PairAsync(BenchProcess load, LoadPlan direct, LoadPlan node, CancellationToken ct) =>
        new(await RunAsync(load, direct, ct), await RunAsync(load, node, ct));

    private async Task<LoadResult> RunAsync(BenchProcess load, LoadPlan plan, CancellationToken ct)
    {
        await load.WriteLineAsync(JsonSerializer.Serialize(plan, LoadJson.Default.LoadPlan), ct);
        var line = await load.ReadLineAsync(TimeSpan.FromSeconds(plan.Seconds + 60), ct);
        var result = JsonSerializer.Deserialize(line, LoadJson.Default.LoadResult) ?? throw load.Failed("gave no result");
        if (result.Failures > 0)
            _failed ??= result;
        if (result.Requests == 0)
            throw new CommandException($"Not one request to {plan.Url} succeeded: {result.FirstFailure}");
        if (plan.Key != "none")
            _throughNode += result.Requests;
        return result;
    }
}
