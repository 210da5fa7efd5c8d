using System.Diagnostics;
using System.Net;
using Orchestra.Core.Tests.Experts.OpenAI;
using Xunit.Abstractions;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>A silo that holds experts is killed under load.</summary>
[Collection(ProcessTests.Name)]
public sealed class ExpertKillTests(ITestOutputHelper output)
{
    private const int Held = 12;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task What_had_sent_no_byte_is_served_by_another_replica_and_the_rest_ends_with_a_clear_error()
    {
        await using var doomedUpstream = new FaultyUpstream(Upstreams.HoldAsync);
        await using var upstream = new FaultyUpstream(Upstreams.AnswerAsync);
        await using var cluster = await ProcessCluster.CreateAsync(2, "Orchestra:Budgets:Lease=00:00:03");
        var gateway = await cluster.StartAsync("gateway", ProcessCluster.Conducting);
        var doomed = await cluster.StartAsync("doomed", "expert", doomedUpstream);
        using var client = gateway.Client(cluster.Key);
        // One replica is where there was no other silo; the other one goes to the silo that has none.
        (await client.SendAsync(Upstreams.Ask())).StatusCode.ShouldBe(HttpStatusCode.OK);
        await cluster.StartAsync("other", "expert", upstream);
        await using var load = GatewayLoad.Start(cluster.Key, 4, gateway);
        await Eventually.TrueAsync(() => doomedUpstream.Requests.Count > 5 && upstream.Requests.Count > 5);
        var silent = Enumerable.Range(0, Held).Select(i => client.SendAsync(Upstreams.AskSilent(stream: i % 2 == 0))).ToArray();
        await Eventually.TrueAsync(() => doomedUpstream.Requests.Count(request => request.Body.Contains("keep-silent", StringComparison.Ordinal)) > 1);
        var begun = await Task.WhenAll(Enumerable.Range(0, Held).Select(_ => client.SendAsync(Upstreams.AskBegin(), HttpCompletionOption.ResponseHeadersRead)));

        var killed = Stopwatch.GetTimestamp();
        await doomed.KillAsync();

        foreach (var answer in await Task.WhenAll(silent))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        output.WriteLine($"Without a byte: all answered {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill.");
        var bodies = await Task.WhenAll(begun.Select(answer => answer.Content.ReadAsStringAsync()));
        output.WriteLine($"Begun: all ended {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill.");
        var cut = bodies.Where(body => !body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal)).ToList();
        cut.ShouldNotBeEmpty("Of two replicas each has some.");
        cut.ShouldAllBe(body => body.Contains("upstream_failed", StringComparison.Ordinal) && body.Contains("in the middle of its answer", StringComparison.Ordinal));

        await load.AnswerAsync(200);
        var trouble = load.TroubleSince(killed);
        output.WriteLine($"Load: {load.Answered} answered, {load.Failures.Count} failed, whole again {trouble.TotalSeconds:0.0} s after the kill.");
        await load.EndAsync();
        load.Failures.ShouldAllBe(failure => failure.Contains("upstream_failed", StringComparison.Ordinal), "Only what had begun may fail.");
        trouble.ShouldBeLessThan(Recovery);
        (await ProcessCluster.SettledSpendAsync(gateway)).ShouldBeGreaterThanOrEqualTo((load.Answered + Held + 1 + bodies.Length - cut.Count) * ProcessCluster.Cost);
        await cluster.ShouldVerifyAsync();
    }
}
