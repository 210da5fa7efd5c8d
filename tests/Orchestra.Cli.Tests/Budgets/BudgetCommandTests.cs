using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.Budgets;

public sealed class BudgetCommandTests
{
    [Fact]
    public async Task A_budget_is_set_granted_to_raised_reset_listed_and_removed()
    {
        await using var node = await RealNode.StartAsync();
        await node.RunAsync("team", "create", "default/blue");

        var set = await node.RunAsync("budget", "set", "default", "team:blue", "monthly", "12.50", "--warn-at", "50,90");
        set.ExitCode.ShouldBe(ExitCode.Ok, set.Error);
        set.Output.ShouldContain("$12.5");
        set.Output.ShouldContain("Warnings at: 50%, 90%.");
        set.Output.ShouldContain("░░░░░░░░░░░░░░░░    0%");
        (await node.RunAsync("budget", "grant", "default", "team:blue", "monthly", "2.5")).Output.ShouldContain("$12.5 + 2.5");
        (await node.RunAsync("budget", "raise", "default", "team:blue", "monthly", "5", "--until", "2030-01-31")).Output.ShouldContain("$5 of it is extra until 2030-01-31 00:00 UTC.");
        (await node.RunAsync("budget", "reset", "default", "team:blue", "monthly")).Output.ShouldContain("$20");
        (await node.RunAsync("budget", "time-zone", "default", "Europe/Berlin")).Output.ShouldBe($"The budgets of default now follow the calendar of Europe/Berlin.{Environment.NewLine}");

        var one = JsonNode.Parse((await node.RunAsync("budget", "show", "default", "team:blue", "monthly", "--json")).Output)!;
        ((string?)one["limit_usd"], (string?)one["extra_usd"], (string?)one["available_usd"]).ShouldBe(("12.5", "7.5", "20"));
        (await node.RunAsync("budget", "set", "default", "tenant", "total", "0", "--warn-at", "none")).Output.ShouldContain("████████████████  100%");
        var list = await node.RunAsync("budget", "list", "default");
        list.Output.ShouldContain("team:blue");
        list.Output.ShouldContain("default has spent $0 in all and holds $0 for calls under way; calendar: Europe/Berlin.");
        (await node.RunAsync("budget", "list", "default", "--scope", "tenant")).Output.ShouldNotContain("team:blue");
        (await node.RunAsync("budget", "list", "default", "--limit", "1")).Output.ShouldContain("There are more: --after tenant/total");
        (await node.RunAsync("budget", "list", "default", "--after", "tenant/total")).Output.ShouldNotContain("tenant/total");

        (await node.RunAsync("budget", "remove", "default", "team:blue", "monthly")).Output
            .ShouldBe($"Removed budgets/default/team:blue/monthly. Limits of other scopes and windows still hold.{Environment.NewLine}");
        var gone = await node.RunAsync("budget", "show", "default", "team:blue", "monthly");
        (gone.ExitCode, gone.Error.Contains("(not_found)")).ShouldBe((ExitCode.Failure, true), gone.Error);
    }

    [Fact]
    public async Task A_change_counts_once_under_its_word_and_is_made_to_its_version_only()
    {
        await using var node = await RealNode.StartAsync();
        var version = (long)JsonNode.Parse((await node.RunAsync("budget", "set", "default", "tenant", "total", "1", "--json")).Output)!["version"]!;

        await node.RunAsync("budget", "grant", "default", "tenant", "total", "2", "--idempotency-key", "invoice-1");
        var again = await node.RunAsync("budget", "grant", "default", "tenant", "total", "2", "--idempotency-key", "invoice-1", "--json");
        ((string?)JsonNode.Parse(again.Output)!["extra_usd"]).ShouldBe("2");
        var stale = await node.RunAsync("budget", "set", "default", "tenant", "total", "9", "--if-version", $"{version}");
        (stale.ExitCode, stale.Error.Contains("(precondition_failed)")).ShouldBe((ExitCode.Failure, true), stale.Error);
    }

    [Fact]
    public async Task A_key_sees_what_it_is_held_to_itself()
    {
        await using var node = await RealNode.StartAsync();
        var key = JsonNode.Parse((await node.RunAsync("key", "create", "--tenant", "default", "--requests-per-minute", "60", "--json")).Output)!;
        var text = (string)key["key"]!;

        (await CommandRun.RunAsync("budget", "show", "--url", node.Url, "--key", text)).Output.ShouldContain("No budget limits what this key spends.");
        await node.RunAsync("budget", "set", "default", $"key:{key["id"]}", "daily", "3");
        var own = await CommandRun.RunAsync("budget", "show", "--url", node.Url, "--key", text);
        own.Output.ShouldContain($"key:{key["id"]}");
        own.Output.ShouldContain("60 of 60 left");
        ((string?)JsonNode.Parse((await CommandRun.RunAsync("budget", "show", "--url", node.Url, "--key", text, "--json")).Output)!["budgets"]![0]!["limit_usd"]).ShouldBe("3");
    }

    [Theory]
    [InlineData("scope is 'blue'", "budget", "set", "acme", "blue", "monthly", "1")]
    [InlineData("window is 'yearly'", "budget", "set", "acme", "tenant", "yearly", "1")]
    [InlineData("tenant is '../audit'", "budget", "set", "../audit", "tenant", "daily", "1")]
    [InlineData("limit is '1e3'", "budget", "set", "acme", "tenant", "daily", "1e3")]
    [InlineData("limit is '12345678901'", "budget", "set", "acme", "tenant", "daily", "12345678901")]
    [InlineData("--warn-at is '50,x'", "budget", "set", "acme", "tenant", "daily", "1", "--warn-at", "50,x")]
    [InlineData("--idempotency-key takes one word", "budget", "reset", "acme", "tenant", "daily", "--idempotency-key", "a b")]
    [InlineData("--until", "budget", "raise", "acme", "tenant", "daily", "1")]
    [InlineData("named by tenant, scope and window", "budget", "show", "acme")]
    [InlineData("named by tenant, scope and window", "budget", "show", "acme", "tenant")]
    public async Task A_wrong_command_line_is_refused_before_anything_is_sent(string message, params string[] arguments)
    {
        await using var node = await TestNode.StartAsync(200, "application/json", "{}");

        var run = await CommandRun.RunAsync([.. arguments, "--url", node.Url, "--admin-key", "secret"]);

        run.ExitCode.ShouldBe(ExitCode.Usage, run.Error);
        run.Error.ShouldContain(message);
        node.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[1]", "list", "acme")]
    [InlineData("""{"data":7}""", "list", "acme")]
    [InlineData("""{"data":[{"scope":"tenant"}]}""", "list", "acme")]
    [InlineData("{}", "show", "acme", "tenant", "daily")]
    public async Task An_answer_that_is_no_budget_is_an_error(string answer, params string[] arguments)
    {
        await using var node = await TestNode.StartAsync(200, "application/json", answer);

        var run = await CommandRun.RunAsync(["budget", .. arguments, "--url", node.Url, "--admin-key", "secret"]);

        (run.ExitCode, run.Error.Contains("What the node sent is no budget.")).ShouldBe((ExitCode.Failure, true), run.Error);
    }

    [Fact]
    public async Task Every_verb_shows_an_example()
    {
        foreach (var verb in new[] { "list", "set", "grant", "raise", "reset", "remove", "time-zone", "show" })
            (await CommandRun.RunAsync("budget", verb, "--help")).Output.ShouldContain($"Examples:{Environment.NewLine}  ./orchestra budget {verb}");
    }
}
