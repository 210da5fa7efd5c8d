using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.Policies;

public sealed class PolicyCommandTests : IDisposable
{
    private const string Rollout = """
        {"conductor":"complexity","version":3,"active":"pol_a","candidate":"pol_b","stage":"canary","share":0.05,"since":"2026-01-02T03:04:05+00:00","previous":null,"can_go_back":true,
         "active_queries":{"queries":900,"rejections":9,"rejection_share":0.01,"mean_usd":0.0025,"mean_seconds":1.5},
         "canary_queries":{"queries":50,"rejections":1,"rejection_share":0.02,"mean_usd":0.0015,"mean_seconds":1.25,"heard":40,"heard_rejections":3,"heard_rejection_share":0.075},"shadow_decisions":8,"shadow_agreements":6,
         "log":[{"version":3,"at":"2026-01-02T03:04:05+00:00","action":"canary","who":"0a1b2c3d","reason":"Because [red]\u001b[2J","active":"pol_a","candidate":"pol_b","share":0.05}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Show_prints_the_model_card_without_any_node()
    {
        var file = Write(PolicyBytes.Of(7));

        var run = await CommandRun.RunAsync("policy", "show", file);

        run.ExitCode.ShouldBe(ExitCode.Ok);
        foreach (var shown in new[] { PolicyBytes.IdOf(7), "small, large", "table.jsonl, 12 rows", "epochs 3", "λ=1", "75.0%", "0.5000" })
            run.Output.ShouldContain(shown);
        var json = JsonNode.Parse((await CommandRun.RunAsync("policy", "show", file, "--json")).Output)!;
        ((string?)json["id"], (long)json["card"]!["seed"]!).ShouldBe((PolicyBytes.IdOf(7), 7));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_in_one_sentence()
    {
        var run = await CommandRun.RunAsync("policy", "show", Write(PolicyBytes.Damaged(7)));

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("(invalid_policy)");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Status_shows_who_serves_what_it_costs_and_why_it_changed()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Rollout);

        var run = await CommandRun.RunAsync("policy", "status", "--url", node.Url, "--admin-key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Ok);
        node.Requests.Single().Line.ShouldBe("GET /admin/policies/rollout");
        foreach (var shown in new[] { "pol_b, canary for 5% of the conversations", "$0.0015", "2.0%", "agreed on 6 of 8 queries (75.0%)", "7.5% of 40", "Because [red]", "set Orchestra:Conductor:Kind to learned" })
            run.Output.ShouldContain(shown);
        run.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_canary_of_a_file_is_added_first()
    {
        await using var node = await TestNode.StartAsync(context => context.Response.WriteAsync(context.Request.Method == "PUT" ? """{"id":"pol_new"}""" : Rollout));

        var run = await CommandRun.RunAsync("policy", "canary", Write(PolicyBytes.Of(7)), "--share", "0.05", "--json", "--url", node.Url, "--admin-key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Ok);
        node.Requests.Select(request => request.Line).ShouldBe(["PUT /admin/policies", "POST /admin/policies/pol_new/canary"]);
        node.Requests[1].Body.ShouldBe("""{"share":0.05}""");
        JsonNode.DeepEquals(JsonNode.Parse(run.Output), JsonNode.Parse(Rollout)).ShouldBeTrue();
    }

    [Fact]
    public async Task Each_verb_has_its_call()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Rollout);
        foreach (var words in new[] { "shadow pol_a", "promote pol_a", "rollback" })
            (await CommandRun.RunAsync(["policy", .. words.Split(' '), "--url", node.Url, "--admin-key", "secret"])).ExitCode.ShouldBe(ExitCode.Ok);

        node.Requests.Select(request => request.Line).ShouldBe(["POST /admin/policies/pol_a/shadow", "POST /admin/policies/pol_a/promote", "POST /admin/policies/rollback"]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    public async Task A_share_out_of_bounds_is_a_usage_error(string share) =>
        (await CommandRun.RunAsync("policy", "canary", "pol_a", "--share", share, "--admin-key", "secret")).ExitCode.ShouldBe(ExitCode.Usage);

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, "policy.orch");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
