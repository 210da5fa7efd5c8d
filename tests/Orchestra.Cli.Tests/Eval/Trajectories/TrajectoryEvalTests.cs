using System.Globalization;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tests.Export;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Trajectories;

namespace Orchestra.Cli.Tests.Eval.Trajectories;

public sealed class TrajectoryEvalTests
{
    private const int Queries = 40;

    [Fact]
    public async Task The_json_has_what_was_logged_the_candidate_the_difference_and_why_queries_are_left_out()
    {
        await using var folder = await FilledAsync();
        var run = await EvalAsync(folder, "--json");

        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        var report = JsonNode.Parse(run.Output)!;
        ((string?)report["policy"], (double?)report["lambda"], (long)report["trajectories"]!, (int)report["queries"]!).ShouldBe((PolicyBytes.IdOf(1), null, Queries + 2, Queries));
        ((long)report["skipped"]!["no_odds"]!, (long)report["skipped"]!["not_answered"]!).ShouldBe((1, 1));
        var score = report["score"]!;
        ((int)score["queries"]!).ShouldBe(Queries / 2);
        ((double)score["logged"]!).ShouldBe(0.75, 1e-9);
        ((double)report["cost_usd_per_1k"]!["logged"]!).ShouldBe(1000 * (0.00001 + 0.001) / 2, 1e-9);
        foreach (var figure in new[] { score, report["cost_usd_per_1k"]! })
        {
            foreach (var mean in (string[])["logged", "candidate", "difference"])
                ((double)figure[$"{mean}_low"]!).ShouldBeLessThanOrEqualTo((double)figure[mean]!, mean);
            ((double)figure["candidate"]! - (double)figure["logged"]!).ShouldBe((double)figure["difference"]!, 1e-9);
            ((double)figure["effective_sample_size"]!).ShouldBeInRange(0, Queries);
            (double.IsFinite((double)figure["largest_weight"]!), (double)figure["max_weight"]!).ShouldBe((true, 50));
        }

        report["cautions"]!.AsArray().Select(caution => (string)caution!).ShouldContain(caution => caution.StartsWith("The log holds little of what the candidate would do", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_reads_a_table_with_intervals_and_notes()
    {
        await using var folder = await FilledAsync();
        var run = await EvalAsync(folder, "--lambda", "0.5", "--max-weight", "1");

        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        foreach (var part in (string[])["42 trajectories, of which 40 can be used and 20 have a score", "1 without odds (another conductor served them), 1 not answered", "λ = 0.5", "$ per 1,000", "largest weight", "Note: The log holds little"])
            run.Output.ShouldContain(part);
    }

    [Fact]
    public async Task A_tenant_and_a_time_choose_the_trajectories()
    {
        await using var folder = await FilledAsync();
        var day = TrajectoryFolder.Start.AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        (await TrajectoriesAsync(folder, "--tenant", "nobody")).ShouldBe(0);
        (await TrajectoriesAsync(folder, "--since", day)).ShouldBe(20);
        (await TrajectoriesAsync(folder, "--until", day)).ShouldBe(22);
    }

    [Fact]
    public async Task Experts_that_the_configuration_does_not_describe_are_named()
    {
        await using var folder = await FilledAsync();
        var run = await CommandRun.RunAsync("eval", "--trajectories", "--data", folder.Path, "--policy", Policy(folder));

        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        run.Output.ShouldContain("40 with an expert that the configuration does not describe");
        run.Output.ShouldContain("whose queries are left out: large, small.");
    }

    [Theory]
    [InlineData("needs the candidate", "--trajectories")]
    [InlineData("--folds belongs to tables", "--trajectories", "--policy", "p", "--folds", "5")]
    [InlineData("--cascade belongs to tables", "--trajectories", "--policy", "p", "--cascade", "off")]
    [InlineData("the one folder", "--trajectories", "--policy", "p", "--data", "a", "b")]
    [InlineData("--lambda is 11", "--trajectories", "--policy", "p", "--lambda", "11")]
    [InlineData("--max-weight is '0'", "--trajectories", "--policy", "p", "--max-weight", "0")]
    [InlineData("--since must lie before", "--trajectories", "--policy", "p", "--since", "2026-02-01", "--until", "2026-02-01")]
    [InlineData("--tenant belongs to --trajectories", "--data", "t.jsonl", "--tenant", "acme")]
    [InlineData("--data' is required", "--policy", "p")]
    public async Task Options_that_contradict_each_other_are_refused(string words, params string[] arguments)
    {
        var run = await CommandRun.RunAsync(["eval", .. arguments]);

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task A_folder_without_a_store_is_an_error_and_stays_empty()
    {
        using var empty = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await File.WriteAllBytesAsync(other.File("p.orchestra"), PolicyBytes.Of(1));
        var run = await CommandRun.RunAsync("eval", "--trajectories", "--data", empty.Path, "--policy", other.File("p.orchestra"));

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("There is no database");
        Directory.EnumerateFileSystemEntries(empty.Path).ShouldBeEmpty();
    }

    private static async Task<long> TrajectoriesAsync(TrajectoryFolder folder, params string[] more)
    {
        var run = await EvalAsync(folder, ["--json", .. more]);
        run.ExitCode.ShouldBe(ExitCode.Ok, run.Error);
        return (long)JsonNode.Parse(run.Output)!["trajectories"]!;
    }

    private static Task<CommandRun> EvalAsync(TrajectoryFolder folder, params string[] more) => CommandRun.RunAsync(
    [
        "eval", "--trajectories", "--data", folder.Path, "--policy", Policy(folder), .. more,
        .. Settings("small", 1).Concat(Settings("large", 100)).SelectMany(setting => new[] { "--set", setting }),
    ]);

    private static string[] Settings(string expert, int price) =>
        [.. new[] { "Kind=openai", "Endpoint=http://127.0.0.1:1/v1", $"Price:InputPerMillion={price}", $"Price:OutputPerMillion={price}" }.Select(setting => $"Orchestra:Experts:{expert}:{setting}")];

    private static string Policy(TrajectoryFolder folder)
    {
        var file = Path.Combine(folder.Path, "candidate.orchestra");
        File.WriteAllBytes(file, PolicyBytes.Of(1));
        return file;
    }

    /// <summary>Queries for each of which one of two experts was drawn by a coin, half of them with a score, and two that say nothing.</summary>
    private static async Task<TrajectoryFolder> FilledAsync()
    {
        var folder = await TrajectoryFolder.CreateAsync();
        for (var i = 0; i < Queries; i++)
            await folder.AddAsync(Drawn(i), i < Queries / 2 ? i % 4 == 0 ? 0 : 1 : null);
        await folder.AddAsync(Drawn(Queries) with { Steps = [] }, 1);
        await folder.AddAsync(Drawn(Queries + 1) with { Outcome = "cancelled" }, null);
        await folder.FlushAsync();
        return folder;
    }

    private static Trajectory Drawn(int number)
    {
        var expert = number % 2 == 0 ? "small" : "large";
        var odds = new DecisionOdds("pol_served", 0.1, 0.5, new Dictionary<string, double> { ["delegate:small"] = 0.5, ["delegate:large"] = 0.5 });
        return new Trajectory
        {
            Id = $"traj_{number:00}", TenantId = "acme", KeyId = "key", StartedAt = TrajectoryFolder.Start.AddDays(number is >= 20 and < Queries ? 6 : 1), Duration = TimeSpan.FromSeconds(1), Model = "orchestra",
            Outcome = "answered", Query = $"question number {number} of the toy",
            Steps =
            [
                new TrajectoryStep
                {
                    Turn = 1, Move = "delegate", Target = expert, Reason = "drawn", Odds = odds, ObservationId = 0, Observation = "It is 42.", FinishReason = "stop",
                    Usage = new TokenUsage(5, 5), Cost = Money.FromDollars(expert == "small" ? 0.00001m : 0.001m),
                },
            ],
        };
    }
}
