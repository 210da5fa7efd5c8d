using System.Text.Json.Nodes;

namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>A canary over two nodes that share one PostgreSQL.</summary>
public sealed class CanaryTests
{
    private const int Conversations = 20;

    [SkippableFact]
    public async Task A_costlier_canary_keeps_its_conversations_on_both_nodes_and_is_rolled_back_without_a_query_lost()
    {
        await using var nodes = await CanaryNodes.StartAsync(minQueries: 50);
        var (active, canary) = (await nodes.AddAsync(TrainedPolicies.For(TrainedPolicies.Cheap)), await nodes.AddAsync(TrainedPolicies.For(TrainedPolicies.Dear)));
        await nodes.PromoteAsync(active);
        await UntilServedByAsync(nodes, active);
        await nodes.CanaryAsync(canary, 0.5);
        await UntilServedByAsync(nodes, canary);

        // Fewer queries than are judged, so that nothing is taken away meanwhile.
        var served = new Dictionary<string, HashSet<string>>();
        for (var i = 0; i < Conversations; i++)
        {
            var ids = await Task.WhenAll(nodes.AskAsync(0, $"sticky-{i}"), nodes.AskAsync(1, $"sticky-{i}"));
            served[$"sticky-{i}"] = [.. await Task.WhenAll(ids.Select(nodes.ConductorAsync))];
        }

        served.Values.ShouldAllBe(conductors => conductors.Count == 1);
        served.Values.SelectMany(conductors => conductors).Distinct().Order().ShouldBe(new[] { $"learned:{active}", $"learned:{canary}" }.Order());

        await using var load = new CanaryLoad(nodes);
        await Eventually.TrueAsync(async () => (await nodes.RolloutAsync())["candidate"] is null);
        await UntilServedByAsync(nodes, active);
        await load.EndAsync();

        // Each side had fifty queries, of which those above are a part.
        load.Answered.ShouldBeGreaterThan(20);
        var change = (await nodes.RolloutAsync())["log"]![0]!;
        ((string?)change["action"], (string?)change["who"], (string?)change["active"]).ShouldBe(("rollback", "canary-test", active));
        ((string)change["reason"]!).ShouldStartWith("Its queries cost more");
    }

    [SkippableFact]
    public async Task What_a_shadow_would_have_done_is_kept_with_each_query_and_counted_over_both_nodes()
    {
        await using var nodes = await CanaryNodes.StartAsync(minQueries: 50);
        var (active, shadow) = (await nodes.AddAsync(TrainedPolicies.For(TrainedPolicies.Cheap)), await nodes.AddAsync(TrainedPolicies.For(TrainedPolicies.Dear)));
        await nodes.PromoteAsync(active);
        await UntilServedByAsync(nodes, active);
        await nodes.ShadowAsync(shadow);

        for (var node = 0; node < 2; node++)
        {
            var at = node;
            JsonNode? kept = null;
            await Eventually.TrueAsync(async () => (kept = (await nodes.TrajectoryAsync(await nodes.AskAsync(at, "any")))["shadow_decision"]) is not null);
            ((string?)kept!["policy"], (string?)kept["moves"], (bool)kept["agrees"]!).ShouldBe((shadow, "delegate:dear", false));
        }

        await Eventually.TrueAsync(async () => (long)(await nodes.RolloutAsync())["shadow_decisions"]! == 2);
        ((long)(await nodes.RolloutAsync())["shadow_agreements"]!).ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_canary_whose_answers_clients_dislike_is_rolled_back_though_the_other_node_hears_of_it()
    {
        // So many queries that costs are never judged.
        await using var nodes = await CanaryNodes.StartAsync(minQueries: 1_000_000);
        var (active, canary) = (await nodes.AddAsync(TrainedPolicies.For(TrainedPolicies.Cheap)), await nodes.AddAsync(TrainedPolicies.For(TrainedPolicies.Dear)));
        await nodes.PromoteAsync(active);
        await nodes.CanaryAsync(canary, 0.5);
        await UntilServedByAsync(nodes, canary);

        await using var load = new CanaryLoad(nodes, async (node, id) =>
        {
            var isCanary = await nodes.ConductorAsync(id) == $"learned:{canary}";
            await nodes.FeedbackAsync(1 - node, id, isCanary ? 0.2 : 1);
        });
        await Eventually.TrueAsync(async () => (await nodes.RolloutAsync())["candidate"] is null);
        await load.EndAsync();

        var log = (await nodes.RolloutAsync())["log"]!.AsArray();
        log.Count(change => (string?)change!["action"] == "rollback").ShouldBe(1, "Two nodes judge, and one takes it away.");
        ((string)log[0]!["reason"]!).ShouldStartWith("Its answers are rejected more often, feedback included: ");
    }

    /// <summary>Waits until each node has served a new conversation with this policy.</summary>
    private static async Task UntilServedByAsync(CanaryNodes nodes, string policy)
    {
        for (var node = 0; node < 2; node++)
        {
            var asked = 0;
            var at = node;
            await Eventually.TrueAsync(async () =>
            {
                var conductor = await nodes.ConductorAsync(await nodes.AskAsync(at, $"until-{at}-{asked++}"));
                return conductor == $"learned:{policy}";
            });
        }
    }
}
