using System.Globalization;
using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tests.Tables;
using Orchestra.Core.Learning.Outcomes;
using static Orchestra.Cli.Tests.Tables.Rows;

namespace Orchestra.Cli.Tests.Bench.Outcomes;

public sealed class BenchOutcomesCommandTests
{
    private static readonly OutcomeRow[] Table =
    [
        Row("p1", ("cheap", Said("#### 1", cost: 0.00001m)), ("dear", Said("1 is the answer", cost: 0.001m))),
        Row("p2", ("cheap", Said("#### 9", score: 0, cost: 0.00002m)), ("dear", Said("#### 2", cost: 0.002m))),
        Row("p3", ("cheap", Said("#### 9", score: 0, cost: 0.00003m)), ("dear", Said("#### 3", cost: 0.003m))),
        Row("p4", ("cheap", Said("#### 4", cost: 0.00004m)), ("dear", Said("#### 8", score: 0, cost: 0.004m))),
        Row("p5", ("cheap", Said("#### 7", score: 0, cost: 0.00005m)), ("dear", Said("#### 7", score: 0, cost: 0.005m))),
    ];

    private static FakeNode.Reply Answer(string prompt) => prompt switch
    {
        "p1" => new("#### 1", "0.000010001", "cheap"),
        "p2" => new("It is 2.00", "0.002020003", "cheap, dear"),
        "p3" => new("#### 9", "0.00003", "cheap"),
        "p4" => new("insufficient_quota", "0.1", "dear", Status: 429),
        _ => new("#### 6", "0.000000009", "calculator"),
    };

    [Fact]
    public async Task The_json_report_has_the_exact_sums_and_the_baselines_of_the_same_rows()
    {
        using var file = await TableFile.WithAsync(Table);
        await using var node = await FakeNode.StartAsync(Answer);

        var (code, output, error) = await Run("--data", file.Path, "--url", node.Url, "--key", FakeNode.Key, "--json");

        code.ShouldBe(0, error);
        using var report = JsonDocument.Parse(output);
        var root = report.RootElement;
        (root.GetProperty("asked").GetInt32(), root.GetProperty("answered").GetInt32()).ShouldBe((5, 4));
        // p5 cannot be graded: nobody was right, and the answer is none of the recorded ones.
        root.GetProperty("ungraded").GetInt32().ShouldBe(1);
        // p1 as recorded and p2 by value are right, p3 is as recorded wrong, p4 failed.
        root.GetProperty("accuracy").GetDouble().ShouldBe(0.5);
        root.GetProperty("total_cost_usd").GetString().ShouldBe("0.102060013");
        root.GetProperty("cost_usd_per_1k").GetDecimal().ShouldBe((0.000010001m + 0.002020003m + 0.00003m + 0.1m) * 1000 / 4);
        root.GetProperty("errors").GetProperty("insufficient_quota").GetInt32().ShouldBe(1);
        root.GetProperty("failures")[0].GetProperty("trajectory").GetString().ShouldBe("traj_1");
        root.GetProperty("calls").EnumerateArray().Select(call => (call.GetProperty("expert").GetString(), call.GetProperty("calls").GetInt32(), call.GetProperty("share").GetDouble()))
            .ShouldBe([("cheap", 3, 0.5), ("dear", 2, 2 / 6.0), ("calculator", 1, 1 / 6.0)]);
        root.GetProperty("baselines").EnumerateArray().Select(each => (each.GetProperty("name").GetString(), each.GetProperty("accuracy").GetDouble(), each.GetProperty("cost_usd_per_1k").GetDecimal()))
            .ShouldBe(
            [
                ("always-cheapest", 0.5, 0.025m),
                ("always-best", 0.75, 2.5m),
                ("random", 0.625, 1.2625m),
                ("random-at-this-cost", 0.75, 2.5m),
                ("oracle", 1, (0.00001m + 0.002m + 0.003m + 0.00004m) * 1000 / 4),
            ]);
    }

    [Fact]
    public async Task The_tables_show_the_same_and_neither_output_holds_the_key()
    {
        using var file = await TableFile.WithAsync(Table);
        await using var node = await FakeNode.StartAsync(Answer);

        var (code, output, error) = await Run("--data", file.Path, "--url", node.Url + "/v1/", "--key", FakeNode.Key);

        code.ShouldBe(0, error);
        foreach (var part in (string[])["5 asked, 4 answered, 1 not gradable", "$0.102060013", "orchestra", "50.0 %", "always-cheapest (cheap)", "always-best (dear)", "75.0 %", "random", "62.5 %", "oracle", "1.2625", "calculator", "16.7 %", "insufficient_quota", "traj_1"])
            output.ShouldContain(part);
        output.ShouldNotContain(FakeNode.Key);
        error.ShouldNotContain(FakeNode.Key);
        error.ShouldNotContain("\x1b", customMessage: "Colours belong on terminals only.");
    }

    [Fact]
    public async Task The_prompts_go_out_as_they_stand_to_the_model_that_is_named_and_no_more_than_the_limit()
    {
        using var file = await TableFile.WithAsync(Row(" é \"quoted\"\n", ("m", Said("1"))), Row("second", ("m", Said("2"))), Row("third", ("m", Said("3"))));
        await using var node = await FakeNode.StartAsync(_ => new("1", "0"));

        (await Run("--data", file.Path, "--url", node.Url, "--key", FakeNode.Key, "--limit", "2", "--model", "small", "--concurrency", "1")).Code.ShouldBe(0);

        node.Requests.Select(request => (request.Model, request.LastUserText, request.Stream)).ShouldBe([("small", " é \"quoted\"\n", false), ("small", "second", false)]);
    }

    [Fact]
    public async Task Answers_without_a_reported_cost_are_counted_as_such()
    {
        using var file = await TableFile.WithAsync(Row("p", ("m", Said("1"))));
        await using var node = await FakeNode.StartAsync(_ => new("1"));

        var (_, output, _) = await Run("--data", file.Path, "--url", node.Url, "--key", FakeNode.Key, "--json");

        JsonDocument.Parse(output).RootElement.GetProperty("without_cost").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_thousand_costs_of_a_nano_dollar_sum_exactly()
    {
        using var file = await TableFile.WithAsync(Enumerable.Range(0, 1000).Select(i => Row(i.ToString(CultureInfo.InvariantCulture), ("m", Said("1")))));
        await using var node = await FakeNode.StartAsync(prompt => new("1", "0.000000001"));

        var (_, output, _) = await Run("--data", file.Path, "--url", node.Url, "--key", FakeNode.Key, "--json");

        JsonDocument.Parse(output).RootElement.GetProperty("total_cost_usd").GetString().ShouldBe("0.000001");
    }

    [Fact]
    public async Task A_node_that_answers_nothing_makes_the_run_fail_with_the_errors_named()
    {
        using var file = await TableFile.WithAsync(Table);
        await using var node = await FakeNode.StartAsync(_ => new("no_expert", Status: 503));

        var (code, _, error) = await Run("--data", file.Path, "--url", node.Url, "--key", FakeNode.Key);

        code.ShouldBe(1);
        error.ShouldContain("no_expert (5)");
    }

    [Fact]
    public async Task Where_nothing_listens_the_error_says_what_to_do()
    {
        using var file = await TableFile.WithAsync(Table);
        string url;
        await using (var node = await FakeNode.StartAsync(Answer))
            url = node.Url;

        var (code, output, error) = await Run("--data", file.Path, "--url", url, "--key", FakeNode.Key);

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("Nothing answers at " + url);
        error.ShouldContain("orchestra serve");
    }

    [Fact]
    public async Task A_refused_key_is_said_at_once_and_not_shown()
    {
        using var file = await TableFile.WithAsync(Table);
        await using var node = await FakeNode.StartAsync(Answer);

        var (code, output, error) = await Run("--data", file.Path, "--url", node.Url, "--key", "sk-orch-wrong");

        code.ShouldBe(1);
        node.Requests.ShouldBeEmpty();
        error.ShouldContain("does not accept this key");
        (output + error).ShouldNotContain("sk-orch-wrong");
    }

    [Theory]
    [InlineData("--url", "--url", "nonsense", "--key", "k")]
    [InlineData("--url", "--url", "http://user:word@127.0.0.1:1", "--key", "k")]
    [InlineData("is not a key", "--url", "http://127.0.0.1:1", "--key", "k\r\nx-other: y")]
    [InlineData("--limit", "--url", "http://127.0.0.1:1", "--key", "k", "--limit", "0")]
    [InlineData("--concurrency", "--url", "http://127.0.0.1:1", "--key", "k", "--concurrency", "1000")]
    [InlineData("--model", "--url", "http://127.0.0.1:1", "--key", "k", "--model", "")]
    public async Task Wrong_settings_are_named(string message, params string[] arguments)
    {
        using var file = await TableFile.WithAsync(Table);

        var (code, _, error) = await Run(["--data", file.Path, .. arguments]);

        code.ShouldBe(ExitCode.Usage);
        error.ShouldStartWith("orchestra: ");
        error.ShouldContain(message);
        error.ShouldNotContain("x-other");
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var run = await CommandRun.RunAsync(["bench", "outcomes", .. arguments]);
        return (run.ExitCode, run.Output, run.Error);
    }
}
