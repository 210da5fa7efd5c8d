using System.CommandLine;
using System.Text.Json;
using System.Xml.Linq;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Eval;
using Orchestra.Cli.Tests.Tables;

namespace Orchestra.Cli.Tests.Eval;

public sealed class EvalCommandTests
{
    private static readonly PolicySources Toy = new()
    {
        Read = (_, _) => Task.FromResult<Core.Learning.Replay.IReplayPolicy>(new CheapestThenDearest()),
        Train = _ => (_, _) => new CheapestThenDearest(),
        Learn = (_, _) => new CheapestThenDearest(),
    };

    [Fact]
    public async Task The_json_has_every_field_of_every_policy_and_says_under_which_protocol()
    {
        using var file = await TableFile.WithAsync(EvalTables.Three());
        var run = await CommandRun.RunAsync(Command(), "--data", file.Path, "--folds", "5", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        using var document = JsonDocument.Parse(run.Output);
        var root = document.RootElement;
        root.GetProperty("protocol").GetString()!.ShouldContain("5-fold");
        root.GetProperty("answers").GetString()!.ShouldContain("cascade");
        root.GetProperty("table")[0].GetString().ShouldBe("table.jsonl.gz");
        (root.GetProperty("rows").GetInt32(), root.GetProperty("seed").GetInt64()).ShouldBe((120, 1));
        root.GetProperty("experts").EnumerateArray().Select(expert => expert.GetString()).ShouldBe(["small", "middle", "large"]);
        root.GetProperty("best_single").GetString().ShouldBe("large");
        var policies = root.GetProperty("policies").EnumerateArray().ToList();
        policies.Select(policy => policy.GetProperty("name").GetString()).ShouldBe(
            ["learned", "always-cheapest", "small", "middle", "large", "random mix", "prompt length", "complexity conductor", "task label", "nearest neighbours", "two agree, else escalate", "oracle"]);
        foreach (var policy in policies)
        {
            foreach (var field in (string[])["accuracy", "cost_usd_per_1k", "strong_share", "apgr", "cpt50", "cpt80", "frontier", "match_best_cost_ratio", "accuracy_low", "accuracy_high"])
                policy.TryGetProperty(field, out _).ShouldBeTrue(field);
            foreach (var point in policy.GetProperty("frontier").EnumerateArray())
            {
                foreach (var field in (string[])["lambda", "accuracy", "cost_usd_per_1k", "calls_per_query", "strong_share"])
                    point.TryGetProperty(field, out _).ShouldBeTrue(field);
            }
        }

        policies[0].GetProperty("frontier").GetArrayLength().ShouldBe(25);
        policies[4].GetProperty("match_best_cost_ratio").GetDouble().ShouldBe(1);
        policies[1].GetProperty("match_best_cost_ratio").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("on", "the weak expert is always asked first", 2.0 / 3)]
    [InlineData("off", "before any answer", 1.0)]
    public async Task A_pair_has_its_metrics_and_the_table_says_what_was_seen(string cascade, string words, double calls)
    {
        using var file = await TableFile.WithAsync(EvalTables.Three());
        string[] arguments = ["--data", file.Path, "--weak", "small", "--strong", "large", "--policy", "p.orchestra", "--cascade", cascade];
        var run = await CommandRun.RunAsync(Command(), arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        foreach (var part in (string[])["120 rows", words, "small (weak), large (strong)", "APGR", "CPT50", "0.500 [0.500, 0.500]", "oracle", "learned along λ", "given policy"])
            run.Output.ShouldContain(part);
        run.Output.ShouldNotContain("task label");

        using var document = JsonDocument.Parse((await CommandRun.RunAsync(Command(), [.. arguments, "--json"])).Output);
        var large = document.RootElement.GetProperty("policies").EnumerateArray().Single(policy => policy.GetProperty("name").GetString() == "random mix");
        large.GetProperty("apgr").GetDouble().ShouldBe(0.5);
        (1 / large.GetProperty("calls_per_query").GetDouble()).ShouldBe(calls, 1e-6);
    }

    [Fact]
    public async Task Prices_stand_in_for_costs_that_were_not_recorded()
    {
        using var file = await TableFile.WithAsync([.. EvalTables.Two(40).Select(row => row with { Outcomes = row.Outcomes.ToDictionary(each => each.Key, each => each.Value with { CostUsd = null }) })]);
        var run = await CommandRun.RunAsync(Command(), "--data", file.Path, "--price", "large=10/30", "small=0.5/0.5", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        using var document = JsonDocument.Parse(run.Output);
        // 10 prompt and 100 completion tokens, a thousand times.
        Cost("small").ShouldBe(0.055, 1e-6);
        Cost("large").ShouldBe(3.1, 1e-6);

        double Cost(string name) => document.RootElement.GetProperty("policies").EnumerateArray().Single(policy => policy.GetProperty("name").GetString() == name).GetProperty("cost_usd_per_1k").GetDouble();
    }

    [Theory]
    [InlineData("it takes an expert and two prices", "large")]
    [InlineData("it takes an expert and two prices", "large=10")]
    [InlineData("it takes an expert and two prices", "large=-1/2")]
    [InlineData("it takes an expert and two prices", "large=1/1e9")]
    [InlineData("it takes an expert and two prices", "=1/2")]
    [InlineData("names 'large' twice", "large=1/2", "large=1/3")]
    public async Task A_price_that_makes_no_sense_is_refused(string words, params string[] prices)
    {
        using var file = await TableFile.WithAsync(EvalTables.Two());
        var run = await CommandRun.RunAsync(Command(), ["--data", file.Path, "--price", .. prices]);
        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task A_price_of_an_expert_that_is_not_there_is_refused()
    {
        using var file = await TableFile.WithAsync(EvalTables.Two());
        var refusal = await Should.ThrowAsync<Core.Errors.OrchestraException>(() => CommandRun.RunAsync(Command(), "--data", file.Path, "--price", "larger=1/2"));
        refusal.Message.ShouldContain("No row has an outcome of 'larger'");
    }

    [Fact]
    public async Task Two_experts_are_a_pair_without_being_told()
    {
        using var file = await TableFile.WithAsync(EvalTables.Two());
        var run = await CommandRun.RunAsync(Command(), "--data", file.Path);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("small (the cheaper) as the weak");
        run.Error.ShouldContain("No policy is evaluated, only the baselines");
        run.Output.ShouldContain("baselines only: no policy");
        run.Output.ShouldContain("APGR");
    }

    [Fact]
    public async Task Learning_as_it_goes_is_followed_over_the_queries()
    {
        using var file = await TableFile.WithAsync(EvalTables.Two(150));
        string[] arguments = ["--data", file.Path, "--online", "--orders", "2", "--lambda", "0.5"];
        var run = await CommandRun.RunAsync(Command(), arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("Order 2 of 2 is done.");
        run.Output.ShouldContain("online, 2 orders");
        run.Output.ShouldContain("regret");

        using var document = JsonDocument.Parse((await CommandRun.RunAsync(Command(), [.. arguments, "--json"])).Output);
        var windows = document.RootElement.GetProperty("online").GetProperty("windows").EnumerateArray().ToList();
        windows.Select(window => window.GetProperty("queries").GetInt32()).ShouldBe([0, 100, 150]);
        windows[0].GetProperty("apgr_after").GetDouble().ShouldBe(document.RootElement.GetProperty("policies")[0].GetProperty("apgr").GetDouble());
        document.RootElement.GetProperty("online").GetProperty("curve")[1].GetProperty("queries").GetInt32().ShouldBe(150);
    }

    [Fact]
    public async Task The_same_seed_prints_the_same_bytes_and_the_plot_is_well_formed()
    {
        using var file = await TableFile.WithAsync(EvalTables.Three());
        using var folder = new TemporaryFolder();
        string[] arguments = ["--data", file.Path, "--folds", "3", "--seed", "5", "--json", "--plot", folder.File("f.svg")];
        var first = await CommandRun.RunAsync(Command(), arguments);
        var svg = await File.ReadAllTextAsync(folder.File("f.svg"));
        var second = await CommandRun.RunAsync(Command(), arguments);
        second.Output.ShouldBe(first.Output);
        (await File.ReadAllTextAsync(folder.File("f.svg"))).ShouldBe(svg);
        XDocument.Parse(svg).Root!.Name.LocalName.ShouldBe("svg");
    }

    [Fact]
    public async Task Malformed_rows_are_told_with_file_and_line_and_skipped()
    {
        using var file = TableFile.WithText("""
            {"id": "1", "prompt": "a", "outcomes": {"x": {"score": 1, "cost_usd": 0.1}, "y": {"score": 0, "cost_usd": 0.2}}}
            {"id": "2", "prompt": "b", "outcomes": {"x": {"score": 7}}}
            {"id": "3", "prompt": "c", "outcomes": {"x": {"score": 0, "cost_usd": 0.1}, "y": {"score": 1, "cost_usd": 0.2}}}
            """);
        var run = await CommandRun.RunAsync(Command(), "--data", file.Path);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain($"{file.Path}:2:");
        run.Output.ShouldContain("2 rows");
    }

    [Theory]
    [InlineData("--weak and --strong belong together", "--weak", "small")]
    [InlineData("two protocols", "--folds", "5", "--online")]
    [InlineData("leave out --policy", "--policy", "p", "--folds", "5")]
    [InlineData("leave out --policy", "--policy", "p", "--online")]
    [InlineData("exclude each other", "--weak", "small", "--strong", "large", "--experts", "small,large")]
    [InlineData("two or more experts", "--experts", "small")]
    [InlineData("it needs --folds", "--rank-in-folds")]
    [InlineData("--online compares a pair", "--online")]
    public async Task Options_that_contradict_each_other_are_refused(string words, params string[] arguments)
    {
        using var file = await TableFile.WithAsync(EvalTables.Three());
        var error = await Should.ThrowAsync<CommandException>(() => CommandRun.RunAsync(Command(), ["--data", file.Path, .. arguments]));
        error.ExitCode.ShouldBe(ExitCode.Usage);
        error.Message.ShouldContain(words);
    }

    [Fact]
    public async Task More_folds_than_rows_are_refused()
    {
        using var file = await TableFile.WithAsync(EvalTables.Three(9));
        (await Should.ThrowAsync<CommandException>(() => CommandRun.RunAsync(Command(), "--data", file.Path, "--folds", "20"))).Message.ShouldContain("only 9 rows");
    }

    [Fact]
    public async Task An_unknown_expert_is_told_with_those_that_exist()
    {
        using var file = await TableFile.WithAsync(EvalTables.Three());
        var run = await CommandRun.RunAsync("eval", "--data", file.Path, "--weak", "tiny", "--strong", "large");
        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("There is no expert 'tiny' here. There are: small, middle, large.");
    }

    [Fact]
    public async Task A_table_that_is_not_there_and_a_plot_that_cannot_be_written_are_told()
    {
        using var file = await TableFile.WithAsync(EvalTables.Three(20));
        (await CommandRun.RunAsync("eval", "--data", "nowhere.jsonl")).Error.ShouldContain("nowhere.jsonl");
        var run = await CommandRun.RunAsync("eval", "--data", file.Path, "--plot", Path.Combine(file.Path, "f.svg"));
        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("The plot cannot be written");
    }

    [Fact]
    public async Task The_help_shows_examples()
    {
        var run = await CommandRun.RunAsync("help", "eval");
        run.Output.ShouldContain("--cascade");
        run.Output.ShouldContain("--folds 5");
    }

    private static Command Command() => EvalCommand.Create(Toy);
}
