using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.Tenants;

public sealed class KeyCommandTests
{
    [Fact]
    public async Task A_key_is_created_used_rotated_disabled_enabled_and_deleted()
    {
        await using var node = await RealNode.StartAsync();
        var made = await node.RunAsync("key", "create", "--tenant", "default", "--name", "laptop");
        made.ExitCode.ShouldBe(ExitCode.Ok, made.Error);
        var first = TextOf(made);
        var id = Regex.Match(first, "sk-orch-(k[0-9a-f]+)-").Groups[1].Value;
        (await StatusAsync(node, first)).ShouldBe(HttpStatusCode.OK);
        (await node.RunAsync("key", "show", id)).Output.ShouldNotContain("sk-orch-");
        (await node.RunAsync("key", "list", "--tenant", "default")).Output.ShouldContain(id);

        var second = TextOf(await node.RunAsync("key", "rotate", id));
        (await StatusAsync(node, first), await StatusAsync(node, second)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        var third = TextOf(await node.RunAsync("key", "rotate", id, "--grace", "0"));
        (await StatusAsync(node, second), await StatusAsync(node, third)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.OK));

        (await node.RunAsync("key", "disable", id)).ExitCode.ShouldBe(ExitCode.Ok);
        (await StatusAsync(node, third)).ShouldBe(HttpStatusCode.Unauthorized);
        (await node.RunAsync("key", "enable", id)).ExitCode.ShouldBe(ExitCode.Ok);
        (await StatusAsync(node, third)).ShouldBe(HttpStatusCode.OK);
        (await node.RunAsync("key", "delete", id, "--json")).Output.Trim().ShouldBe($$"""{"deleted":"keys/{{id}}"}""");
        (await StatusAsync(node, third)).ShouldBe(HttpStatusCode.Unauthorized);
        (await node.RunAsync("key", "list")).Output.ShouldNotContain(id);
    }

    [Fact]
    public async Task All_that_a_key_can_hold_can_be_given_and_taken_back()
    {
        await using var node = await RealNode.StartAsync();
        await node.RunAsync("team", "create", "default/red");
        await node.RunAsync("user", "create", "default/ann");
        var made = await node.RunAsync(
            "key", "create", "--tenant", "default", "--team", "red", "--user", "ann", "--expires", "2999-01-31T18:00:00Z", "--allow", "calculator", "--meta", "project=apollo", "--meta", "note=a=b",
            "--json");
        var key = JsonNode.Parse(made.Output)!;
        ((string?)key["team"], (string?)key["user"], (string?)key["expires_at"], key["allowed_experts"]!.ToJsonString(), key["metadata"]!.ToJsonString())
            .ShouldBe(("red", "ann", "2999-01-31T18:00:00+00:00", """["calculator"]""", """{"note":"a=b","project":"apollo"}"""));
        var list = (await node.RunAsync("key", "list", "--tenant", "default", "--team", "red")).Output;
        foreach (var shown in new[] { "tenant default, team red", "calculator", "2999-01-31" })
            list.ShouldContain(shown);

        var changed = await node.RunAsync("key", "change", (string)key["id"]!, "--expires", "never", "--allow", "all", "--remove-meta", "note", "--meta", "project=", "--json");
        changed.ExitCode.ShouldBe(ExitCode.Ok, changed.Error);
        var after = JsonNode.Parse(changed.Output)!;
        (after["expires_at"], after["allowed_experts"], after["metadata"]!.ToJsonString()).ShouldBe((null, null, """{"project":""}"""));
    }

    [Theory]
    [InlineData("Option '--tenant' is required.", "key", "create")]
    [InlineData("--meta takes name=value", "key", "create", "--tenant", "default", "--meta", "apollo")]
    [InlineData("--grace is '-1'", "key", "rotate", "k1", "--grace", "-1")]
    [InlineData("names no key", "key", "rotate", "k1/k2")]
    public async Task A_wrong_command_line_is_refused(string message, params string[] arguments)
    {
        var run = await CommandRun.RunAsync([.. arguments, "--admin-key", "secret"]);

        run.ExitCode.ShouldBe(ExitCode.Usage, run.Error);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public async Task What_the_node_refuses_is_said_in_its_words()
    {
        await using var node = await RealNode.StartAsync();

        var run = await node.RunAsync("key", "create", "--tenant", "default", "--allow", "nobody");

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("These do: calculator. (invalid_request)");
    }

    private static string TextOf(CommandRun run) => Regex.Match(run.Output, "Key \\(shown once\\): (\\S+)").Groups[1].Value;

    private static async Task<HttpStatusCode> StatusAsync(RealNode node, string key)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.GetAsync($"{node.Url}/v1/models");
        return response.StatusCode;
    }
}
