using System.Globalization;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.Ledgers;

public sealed class LedgerCommandTests
{
    [Fact]
    public async Task Verify_is_clean_on_a_good_ledger_and_names_the_row_of_a_broken_one()
    {
        using var folder = await LedgerFolder.CreateAsync();

        var good = await CommandRun.RunAsync("ledger", "verify", "--data", folder.Path);
        good.ExitCode.ShouldBe(ExitCode.Ok, good.Error);
        good.Output.ShouldContain("Every ledger is in order.");
        good.Output.ShouldContain("202");

        folder.Run("DROP TRIGGER ledger_is_not_updated; UPDATE ledger SET amount = 6000000000 WHERE kind = 2 AND version = 9");
        var broken = await CommandRun.RunAsync("ledger", "verify", "--data", folder.Path);
        broken.ExitCode.ShouldBe(ExitCode.Failure);
        broken.Output.ShouldContain("daily budget of tenant has $5 left of $5");
        var json = JsonNode.Parse((await CommandRun.RunAsync("ledger", "verify", "--set", $"Orchestra:Storage:Folder={folder.Path}", "--tenant", "acme", "--json")).Output)!;
        ((bool)json["clean"]!).ShouldBeFalse();
        ((string?)json["faults"]![0]!["tenant_id"], (long)json["faults"]![0]!["version"]!).ShouldBe(("acme", 9));
    }

    [Fact]
    public async Task A_folder_or_a_tenant_without_a_ledger_is_an_error_and_makes_nothing()
    {
        using var empty = new TemporaryFolder();
        using var folder = await LedgerFolder.CreateAsync(1);

        foreach (var verb in new[] { "verify", "export --from 2026-01-01 --to 2026-01-02", "rollup --older-than 90d" })
            (await CommandRun.RunAsync(["ledger", .. verb.Split(' '), "--data", empty.Path])).Error.ShouldContain("There is no database");
        Directory.EnumerateFileSystemEntries(empty.Path).ShouldBeEmpty();
        (await CommandRun.RunAsync("ledger", "verify", "--data", folder.Path, "--tenant", "nobody")).ExitCode.ShouldBe(ExitCode.Failure);
    }

    [Fact]
    public async Task Export_writes_the_rows_of_a_time_as_rfc_4180_without_formulas()
    {
        using var folder = await LedgerFolder.CreateAsync(5);
        var file = Path.Combine(folder.Path, "out.csv");
        var at = LedgerFolder.Start.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        // A change of a budget is later than what it follows.
        var later = at.Replace(":00.000Z", ":00.001Z");

        var run = await CommandRun.RunAsync("ledger", "export", "--data", folder.Path, "--from", Day(0), "--to", Day(1), "--out", file);

        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        run.Output.ShouldBeEmpty();
        (await File.ReadAllTextAsync(file)).ShouldBe(string.Concat(new[]
        {
            "tenant,version,at,kind,operation,reservation,amount_usd,until,team,user,key,expert,trajectory,scope,window,detail",
            $"acme,1,{at},set_limit,limit,,5,,,,,,,tenant,daily,",
            $"acme,2,{later},set_limit,none,,,,,,,,,team:red,total,",
            $"acme,3,{later},reserve,r0,r0,2,{later.Replace("12:00:00", "12:02:00")},red,,key,\"'=large,\"\"x\"\"\",traj,,,",
            $"acme,4,{at.Replace(":00.000Z", ":01.000Z")},settle,r0,r0,1.5,,red,,key,\"'=large,\"\"x\"\"\",traj,,,",
        }.Select(line => line + "\r\n")));
        Directory.GetFiles(folder.Path, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_takes_times_with_offsets_and_writes_json_lines()
    {
        using var folder = await LedgerFolder.CreateAsync(5);
        var from = LedgerFolder.Start.AddDays(1).ToOffset(TimeSpan.FromHours(2)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var to = LedgerFolder.Start.AddDays(2).AddSeconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

        var run = await CommandRun.RunAsync("ledger", "export", "--data", folder.Path, "--from", from, "--to", to, "--format", "jsonl", "--tenant", "acme");

        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        var rows = run.Output.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        rows.Select(row => (long)row["version"]!).ShouldBe([5, 6, 7]);
        ((string?)rows[1]["amount_usd"], (string?)rows[1]["kind"], rows[1]["team"]).ShouldBe(("1.5", "settle", null));
    }

    [Theory]
    [InlineData("--from", "2026-01-01")]
    [InlineData("--from", "2026-01-02", "--to", "2026-01-01")]
    [InlineData("--from", "now", "--to", "2026-01-01")]
    [InlineData("--from", "2026-01-01", "--to", "2026-01-02", "--format", "xml")]
    public async Task An_export_that_makes_no_sense_is_a_usage_error(params string[] options) =>
        (await CommandRun.RunAsync(["ledger", "export", .. options])).ExitCode.ShouldBe(ExitCode.Usage);

    [Fact]
    public async Task Roll_up_tells_first_and_then_does_what_changes_no_sum()
    {
        using var folder = await LedgerFolder.CreateAsync();
        var before = await CommandRun.RunAsync("spend", "--data", folder.Path, "--by", "day");

        var dry = await CommandRun.RunAsync("ledger", "rollup", "--data", folder.Path, "--older-than", "40d", "--dry-run");
        dry.ExitCode.ShouldBe(ExitCode.Ok, dry.Error);
        dry.Output.ShouldContain("would be rolled up");
        var done = await CommandRun.RunAsync("ledger", "rollup", "--data", folder.Path, "--older-than", "40d");
        done.Output.Split(' ')[0].ShouldBe(dry.Output.Split(' ')[0]);
        done.Output.ShouldContain("acme");

        (await CommandRun.RunAsync("ledger", "rollup", "--data", folder.Path, "--older-than", "40d")).Output.ShouldStartWith("0 rows");
        (await CommandRun.RunAsync("spend", "--data", folder.Path, "--by", "day")).Output.ShouldBe(before.Output);
        (await CommandRun.RunAsync("ledger", "verify", "--data", folder.Path)).Output.ShouldContain("Every ledger is in order.");
        (await CommandRun.RunAsync("ledger", "rollup", "--data", folder.Path, "--older-than", "34d")).Error.ShouldContain("from 35d");
    }

    private static string Day(int day) => LedgerFolder.Start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
