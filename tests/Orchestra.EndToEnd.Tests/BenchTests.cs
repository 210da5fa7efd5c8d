using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Orchestra.EndToEnd.Tests;

/// <summary>The benches run and their books balance; how fast they are is theirs to say, not a test's.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task The_gateway_bench_balances_its_ledger()
    {
        var (code, output) = await RunAsync("dotnet", [NodeProcess.Assembly, "bench", "gateway", "--rounds", "1", "--seconds", "0.2", "--warm-up", "0.2", "--json"], []);
        code.ShouldBe(0, customMessage: output);
        var report = JsonNode.Parse(output)!;
        ((bool)report["sound"]!).ShouldBeTrue();
        ((long)report["ledger"]!["requests"]!).ShouldBeGreaterThan(0);
        ((double)report["process"]!["start_milliseconds"]!).ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public async Task The_gsm8k_sample_runs_end_to_end_and_its_ledger_equals_the_reported_costs()
    {
        var table = RecordedTables.Path("routellm_gsm8k.jsonl.gz");
        var (code, output) = await RunAsync("bash", [Repository.File("samples/gsm8k/run"), table, "--limit", "60"], new() { ["ORCHESTRA_BUILD"] = "skip" });
        code.ShouldBe(0, customMessage: output);
        output.ShouldContain("60 asked, 60 answered");
        output.ShouldContain("The ledger equals the sum of the reported costs, to the nano-dollar.");
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? output : $"{output}\n{await errors}");
    }
}
