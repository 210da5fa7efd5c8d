using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tests.Ledgers;

namespace Orchestra.Cli.Tests.Spend;

public sealed class SpendCommandTests
{
    [Fact]
    public async Task Spend_is_a_table_with_the_most_expensive_first()
    {
        using var folder = await LedgerFolder.CreateAsync(12);

        var run = await CommandRun.RunAsync("spend", "--data", folder.Path, "--by", "expert");

        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        var rows = run.Output.Split('\n').Where(line => line.Contains('$', StringComparison.Ordinal)).Select(line => line.Replace('│', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        rows.ShouldBe([["small", "$13.5", "9", "75.0%"], ["=large,\"x\"", "$4.5", "3", "25.0%"], ["all", "$18", "12", "100.0%"]]);
    }

    [Fact]
    public async Task Spend_by_team_and_day_as_json()
    {
        using var folder = await LedgerFolder.CreateAsync(12);

        var team = JsonNode.Parse((await CommandRun.RunAsync("spend", "--data", folder.Path, "--by", "team", "--json")).Output)!;
        team["data"]!.AsArray().Select(row => $"{row!["tenant"]}/{row["name"]}: {row["amount_usd"]} {row["calls"]}").ShouldBe(["acme/: 9 6", "acme/red: 9 6"]);
        var from = LedgerFolder.Start.AddDays(3).ToString("yyyy-MM-dd", null);
        var to = LedgerFolder.Start.AddDays(5).ToString("yyyy-MM-dd", null);
        var day = JsonNode.Parse((await CommandRun.RunAsync("spend", "--data", folder.Path, "--by", "day", "--from", from, "--to", to, "--json")).Output)!;
        day["data"]!.AsArray().Select(row => (string?)row!["name"]).ShouldBe([from, LedgerFolder.Start.AddDays(4).ToString("yyyy-MM-dd", null)]);
        ((string?)day["total_usd"], (string?)day["by"], (string?)day["from"]).ShouldBe(("3", "day", from));
    }

    [Theory]
    [InlineData("--by", "colour")]
    [InlineData("--from", "2026-01-01T00:00:00Z")]
    [InlineData("--from", "2026-01-02", "--to", "2026-01-02")]
    public async Task A_question_that_makes_no_sense_is_a_usage_error(params string[] options) =>
        (await CommandRun.RunAsync(["spend", .. options])).ExitCode.ShouldBe(ExitCode.Usage);
}
