using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.Tenants;

public sealed class TenantCommandTests
{
    [Theory]
    [InlineData("tenant", "acme")]
    [InlineData("team", "default/red")]
    [InlineData("user", "default/ann")]
    public async Task One_is_created_shown_listed_changed_and_deleted(string level, string id)
    {
        await using var node = await RealNode.StartAsync();

        var made = await node.RunAsync(level, "create", id, "--name", "Acme [red]", "--requests-per-minute", "60", "--concurrent-requests", "4");
        made.ExitCode.ShouldBe(ExitCode.Ok, made.Error);
        made.Output.ShouldContain("Acme [red]");
        made.Output.ShouldContain("60 requests/min, 4 at once");
        (await node.RunAsync(level, "show", id)).Output.ShouldBe(made.Output);
        (await node.RunAsync(level, "list")).Output.ShouldContain(id);

        var changed = JsonNode.Parse((await node.RunAsync(level, "change", id, "--requests-per-minute", "none", "--tokens-per-minute", "7", "--disabled", "true", "--json")).Output)!;
        ((bool)changed["disabled"]!, (int)changed["version"]!, (string?)changed["name"], changed["limits"]!.ToJsonString())
            .ShouldBe((true, 2, "Acme [red]", """{"requests_per_minute":null,"tokens_per_minute":7,"concurrent_requests":4}"""));
        (await node.RunAsync(level, "list")).Output.ShouldContain("disabled");

        var stale = await node.RunAsync(level, "delete", id, "--if-version", "1");
        (stale.ExitCode, stale.Error.Contains("(precondition_failed)")).ShouldBe((ExitCode.Failure, true), stale.Error);
        (await node.RunAsync(level, "delete", id, "--if-version", "2")).Output.ShouldBe($"Deleted {level}s/{id}. Its keys are refused from now on.{Environment.NewLine}");
        (await node.RunAsync(level, "list")).Output.ShouldNotContain(id);
        (await node.RunAsync(level, "list", "--deleted")).Output.ShouldContain("deleted");
        var gone = await node.RunAsync(level, "show", id);
        (gone.ExitCode, gone.Error.Contains("(not_found)")).ShouldBe((ExitCode.Failure, true), gone.Error);
    }

    [Fact]
    public async Task A_long_list_says_how_to_go_on()
    {
        await using var node = await RealNode.StartAsync();
        foreach (var id in new[] { "a", "b" })
            await node.RunAsync("tenant", "create", id);

        (await node.RunAsync("tenant", "list", "--limit", "2")).Output.ShouldContain("There are more: --after b");
        var rest = JsonNode.Parse((await node.RunAsync("tenant", "list", "--after", "b", "--json")).Output)!;
        rest["data"]!.AsArray().Select(tenant => (string)tenant!["id"]!).ShouldBe(["default"]);
    }

    [Fact]
    public async Task The_admin_key_may_come_from_a_file()
    {
        await using var node = await RealNode.StartAsync();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "key");
        await File.WriteAllTextAsync(file, node.AdminKey + "\n");

        (await CommandRun.RunAsync("tenant", "show", "default", "--url", node.Url, "--admin-key-file", file)).Output.ShouldContain("Default");
        var missing = await CommandRun.RunAsync("tenant", "show", "default", "--url", node.Url, "--admin-key-file", file + "2");
        (missing.ExitCode, missing.Error.Contains("cannot be read")).ShouldBe((ExitCode.Usage, true), missing.Error);
        await File.WriteAllTextAsync(file, new string('k', 5000));
        (await CommandRun.RunAsync("tenant", "show", "default", "--url", node.Url, "--admin-key-file", file)).Error.ShouldContain("too large");
    }

    [Theory]
    [InlineData("names no team", "team", "show", "red")]
    [InlineData("names no team", "team", "delete", "a/b/c")]
    [InlineData("names no tenant", "tenant", "show", "../audit")]
    [InlineData("names no tenant", "tenant", "show", "..")]
    [InlineData("names no user", "user", "create", "../ann")]
    [InlineData("Nothing to change was given", "tenant", "change", "acme")]
    [InlineData("takes a number from 1 to 1000000000, or none", "tenant", "change", "acme", "--tokens-per-minute", "0")]
    [InlineData("--limit is '0'", "tenant", "list", "--limit", "0")]
    public async Task A_wrong_command_line_is_refused_before_anything_is_sent(string message, params string[] arguments)
    {
        await using var node = await TestNode.StartAsync(200, "application/json", "{}");

        var run = await CommandRun.RunAsync([.. arguments, "--url", node.Url, "--admin-key", "secret"]);

        run.ExitCode.ShouldBe(ExitCode.Usage, run.Error);
        run.Error.ShouldContain(message);
        node.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("""{"data":7}""")]
    public async Task An_answer_that_is_no_list_is_an_error(string answer)
    {
        await using var node = await TestNode.StartAsync(200, "application/json", answer);

        (await CommandRun.RunAsync("tenant", "list", "--url", node.Url, "--admin-key", "secret")).Error.ShouldContain("What the node sent is not a list.");
    }

    [Theory]
    [InlineData("tenant", "list", "show", "create", "change", "delete")]
    [InlineData("team", "list", "show", "create", "change", "delete")]
    [InlineData("user", "list", "show", "create", "change", "delete")]
    [InlineData("key", "list", "show", "create", "change", "rotate", "disable", "enable", "delete")]
    public async Task Every_verb_shows_an_example(string level, params string[] verbs)
    {
        foreach (var verb in verbs)
            (await CommandRun.RunAsync(level, verb, "--help")).Output.ShouldContain($"Examples:{Environment.NewLine}  ./orchestra {level} {verb}");
    }
}
