using System.Text.Json;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.Trajectories;

public sealed class TrajectoryCommandTests
{
    private const string Trajectory = """
        {"id":"traj_1","tenant_id":"acme","key_id":"key_1","started_at":"2026-01-02T03:04:05+00:00","duration_ms":1234.5,"model":"orchestra","streamed":true,
         "query":"What is [red]12.5%[/] of 3/7?\u001b[2J","conductor":"complexity","shadow_decision":{"policy":"pol_b","moves":"delegate:large\u001b[2J","agrees":false},"assessment":null,"outcome":"answered","cost":"0.00255",
         "steps":[
          {"turn":1,"move":"delegate","target":"small","reason":"cheapest that fits","observation_id":1,"observation":"0.05","finish_reason":"stop","error":null,
           "verdict":{"accepted":false,"confidence":0.9,"verifier":"arithmetic","reason":"the calculator says 3/56"},"usage":{"input":25,"output":120,"estimated":true},"cost":"0.0025","latency_ms":812.25},
          {"turn":2,"move":"delegate","target":"large","reason":"rejected before","error":"upstream_timeout","verdict":null,"usage":null,"cost":"0","latency_ms":400}]}
        """;

    [Fact]
    public async Task The_moves_stand_in_a_table_with_reason_verdict_tokens_cost_and_latency()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Trajectory);

        var run = await CommandRun.RunAsync("trajectory", "traj_1", "--url", node.Url, "--admin-key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Ok);
        node.Requests[0].Line.ShouldBe("GET /admin/trajectories/traj_1");
        node.Requests[0].Authorization.ShouldBe("Bearer secret");
        foreach (var shown in new[] { "traj_1", "acme", "complexity", "$0.00255", "1234.5 ms", "What is [red]12.5%[/] of 3/7?", "cheapest that fits", "pol_b would have begun with delegate:large", "otherwise than was done", "~25 / 120", "812.3 ms", "upstream_timeout" })
            run.Output.ShouldContain(shown);
        run.Output.ShouldContain("rejected by arithmetic");
        run.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_move_that_was_drawn_shows_its_policy_and_probability()
    {
        var drawn = Trajectory.Replace("\"observation_id\":1,", """
            "observation_id":1,"odds":{"policy":"v7","lambda":0.5,"probability":0.8125,"moves":{"delegate:small":0.8125,"delegate:large":0.1875}},
            """, StringComparison.Ordinal);
        await using var node = await TestNode.StartAsync(200, "application/json", drawn);

        var run = await CommandRun.RunAsync("trajectory", "traj_1", "--url", node.Url, "--admin-key", "secret");

        run.Output.ShouldContain("probability");
        run.Output.ShouldContain("v7, 0.813");
    }

    [Fact]
    public async Task Moves_that_were_not_drawn_show_no_probability()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Trajectory);

        var run = await CommandRun.RunAsync("trajectory", "traj_1", "--url", node.Url, "--admin-key", "secret");

        run.Output.ShouldNotContain("probability");
    }

    [Fact]
    public async Task Json_is_what_the_node_sent()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Trajectory);

        var run = await CommandRun.RunAsync("trajectory", "traj_1", "--json", "--url", node.Url, "--admin-key", "secret");

        JsonElement.DeepEquals(JsonDocument.Parse(run.Output).RootElement, JsonDocument.Parse(Trajectory).RootElement).ShouldBeTrue();
    }

    [Fact]
    public async Task An_id_cannot_lead_to_another_path()
    {
        await using var node = await TestNode.StartAsync(404, "application/json", """{"error":{"message":"There is no such trajectory.","code":"not_found"}}""");

        var run = await CommandRun.RunAsync("trajectory", "../tenants?x=1", "--url", node.Url, "--admin-key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("There is no such trajectory. (not_found)");
        node.Requests[0].Line.ShouldStartWith("GET /admin/trajectories/");
    }
}
