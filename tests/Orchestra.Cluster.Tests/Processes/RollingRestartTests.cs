using Orchestra.Core.Tests.Experts.OpenAI;
using Xunit.Abstractions;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>Every silo of a cluster is restarted under load, one after the other.</summary>
[Collection(ProcessTests.Name)]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task No_query_is_lost_and_every_one_is_paid_once()
    {
        await using var upstream = new FaultyUpstream(Upstreams.AnswerAsync);
        // Nothing expires during the test: what was answered was settled, or is still reserved.
        await using var cluster = await ProcessCluster.CreateAsync(2, "Orchestra:Budgets:Lease=01:00:00");
        RunningSilo[] gateways = [await cluster.StartAsync("gateway-0", ProcessCluster.Conducting), await cluster.StartAsync("gateway-1", ProcessCluster.Conducting)];
        RunningSilo[] experts = await Task.WhenAll(cluster.StartAsync("expert-0", "expert", upstream), cluster.StartAsync("expert-1", "expert", upstream));
        await using var load = GatewayLoad.Start(cluster.Key, 4, gateways);
        for (var i = 0; i < experts.Length; i++)
        {
            await load.AnswerAsync(40);
            (await experts[i].StopAsync()).ShouldBe(0, experts[i].Output);
            experts[i] = await cluster.StartAsync($"expert-{i}", "expert", upstream);
        }

        for (var i = 0; i < gateways.Length; i++)
        {
            await load.AnswerAsync(40);
            load.Use(gateways[1 - i]);
            (await gateways[i].StopAsync()).ShouldBe(0, gateways[i].Output);
            gateways[i].Output.ShouldNotContain("could not be delivered");
            gateways[i] = await cluster.StartAsync($"gateway-{i}", ProcessCluster.Conducting);
            load.Use(gateways);
        }

        await load.AnswerAsync(40);
        await load.EndAsync();
        output.WriteLine($"{load.Answered} answered, {load.Failures.Count} failed.");
        load.Failures.ShouldBeEmpty();
        (await ProcessCluster.SettledSpendAsync(gateways[0])).ShouldBe(load.Answered * ProcessCluster.Cost);
        await cluster.ShouldVerifyAsync();
    }
}
