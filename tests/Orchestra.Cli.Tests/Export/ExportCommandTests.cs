using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Tests.Export;

public sealed class ExportCommandTests
{
    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.jsonl.gz")]
    public async Task Rows_hold_the_prompt_the_scores_and_the_answers_and_the_rest_is_counted(string name)
    {
        await using var folder = await TrajectoryFolder.CreateAsync();
        await folder.AddAsync("traj_1", "acme", day: 1, score: 0.75);
        await folder.AddAsync("traj_2", "acme", day: 2, score: null);
        await folder.AddAsync("traj_3", "acme", day: 3, score: 1, query: null);
        await folder.FlushAsync();
        var file = Path.Combine(folder.Path, name);

        var run = await CommandRun.RunAsync("export", "--data", folder.Path, "--out", file);

        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        run.Output.ShouldContain("1 rows with 1 outcomes written");
        run.Output.ShouldContain("2 trajectories skipped: 1 without a known score, 0 without an expert's answer, 1 without a text.");
        var row = (await ReadAsync(file)).ShouldHaveSingleItem();
        (row.Id, row.Task, row.Prompt).ShouldBe(("traj_1", "math", "What is 6 times 7?"));
        var outcome = row.Outcomes["small"];
        (outcome.Score, outcome.Response, outcome.CostUsd, outcome.InputTokens, outcome.OutputTokens, outcome.LatencySeconds).ShouldBe((0.75, "It is 42.", 0.000017m, 11L, 3L, 1.5));
        Directory.GetFiles(folder.Path, "*.part*").ShouldBeEmpty();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_tenant_and_a_time_choose_the_trajectories()
    {
        await using var folder = await TrajectoryFolder.CreateAsync();
        foreach (var day in Enumerable.Range(1, 4))
        {
            await folder.AddAsync($"traj_{day}", "acme", day, score: 1);
            await folder.AddAsync($"traj_other_{day}", "other", day, score: 0);
        }

        await folder.FlushAsync();
        var file = Path.Combine(folder.Path, "out.jsonl");

        var run = await CommandRun.RunAsync("export", "--data", folder.Path, "--out", file, "--tenant", "acme", "--since", Day(2), "--until", Day(4), "--json");

        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        (await ReadAsync(file)).Select(row => row.Id).ShouldBe(["traj_2", "traj_3"]);
        var summary = JsonNode.Parse(run.Output)!;
        ((long)summary["rows"]!, (long)summary["outcomes"]!, (long)summary["skipped_no_score"]!, (string?)summary["file"]).ShouldBe((2, 2, 0, file));
    }

    [Fact]
    public async Task A_file_of_another_kind_and_times_that_hold_nothing_are_refused()
    {
        await using var folder = await TrajectoryFolder.CreateAsync();
        var file = Path.Combine(folder.Path, "out.csv");

        var kind = await CommandRun.RunAsync("export", "--data", folder.Path, "--out", file);
        var times = await CommandRun.RunAsync("export", "--data", folder.Path, "--out", Path.ChangeExtension(file, "jsonl"), "--since", "2026-02-01", "--until", "2026-02-01");

        (kind.ExitCode, times.ExitCode).ShouldBe((ExitCode.Usage, ExitCode.Usage));
        kind.Error.ShouldContain(".jsonl.gz");
        times.Error.ShouldContain("--since must lie before --until");
        Directory.GetFiles(folder.Path, "out.*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_without_a_store_is_an_error_and_a_file_that_cannot_be_written_leaves_nothing()
    {
        using var empty = new TemporaryFolder();
        await using var folder = await TrajectoryFolder.CreateAsync();
        var nowhere = Path.Combine(folder.Path, "missing", "out.jsonl");

        var none = await CommandRun.RunAsync("export", "--data", empty.Path, "--out", Path.Combine(empty.Path, "out.jsonl"));
        var unwritten = await CommandRun.RunAsync("export", "--data", folder.Path, "--out", nowhere);

        none.ExitCode.ShouldBe(ExitCode.Failure);
        none.Error.ShouldContain("There is no database");
        Directory.EnumerateFileSystemEntries(empty.Path).ShouldBeEmpty();
        unwritten.ExitCode.ShouldBe(ExitCode.Failure);
        unwritten.Error.ShouldContain("Give another one with --out.");
    }

    private static string Day(int day) => TrajectoryFolder.Start.AddDays(day).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<OutcomeRow>> ReadAsync(string file)
    {
        var rows = new List<OutcomeRow>();
        await foreach (var row in OutcomeReader.ReadAsync(file, malformed => throw new InvalidDataException(malformed.Reason)))
            rows.Add(row);
        return rows;
    }
}
