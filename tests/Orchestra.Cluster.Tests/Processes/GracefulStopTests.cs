using System.Net;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>Silos that are asked to stop while they work.</summary>
[Collection(ProcessTests.Name)]
public sealed class GracefulStopTests
{
    private const int Streams = 8;

    [SkippableFact]
    public async Task The_only_conductor_lets_streams_end_bills_those_that_it_cuts_off_and_delivers_every_settlement()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new FaultyUpstream(exchange => StreamAsync(exchange, end.Task));
        // Nothing expires during the test: what is not reserved any more was settled.
        await using var cluster = await ProcessCluster.CreateAsync(1, "Orchestra:Budgets:Lease=01:00:00", "Orchestra:Gateway:ShutdownTimeout=00:00:05");
        var gateway = await cluster.StartAsync("gateway", ProcessCluster.Conducting);
        await cluster.StartAsync("expert", "expert", upstream);
        using var client = gateway.Client(cluster.Key);
        var whole = await BeginAsync(client, "short");
        var cut = await BeginAsync(client, "endless");

        var stopping = gateway.StopAsync();
        end.SetResult();
        foreach (var response in whole)
            (await response.Content.ReadAsStringAsync()).ShouldEndWith("data: [DONE]\n\n");
        (await stopping).ShouldBe(0, gateway.Output);
        gateway.Output.ShouldNotContain("could not be delivered");

        var again = await cluster.StartAsync("again", ProcessCluster.Conducting);
        var (spent, reserved) = await ProcessCluster.BudgetAsync(again);
        reserved.ShouldBe(0, gateway.Output);
        (spent - (Streams * ProcessCluster.Cost)).ShouldBeInRange(Streams * 0.000001m, Streams * 0.00005m, "A stream that is cut off is billed for what it used.");
        await cluster.ShouldVerifyAsync();
        foreach (var response in whole.Concat(cut))
            response.Dispose();
    }

    [SkippableFact]
    public async Task A_silo_of_experts_lets_its_streams_end_and_new_calls_go_elsewhere_at_once()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new FaultyUpstream(exchange => StreamAsync(exchange, end.Task));
        await using var spare = new FaultyUpstream(Upstreams.AnswerAsync);
        await using var cluster = await ProcessCluster.CreateAsync(2);
        var gateway = await cluster.StartAsync("gateway", ProcessCluster.Conducting);
        var leaving = await cluster.StartAsync("leaving", "expert", upstream);
        using var client = gateway.Client(cluster.Key);
        var streams = await BeginAsync(client, "short");
        await cluster.StartAsync("spare", "expert", spare);

        var stopping = leaving.StopAsync();
        using var probe = new HttpClient();
        await Eventually.TrueAsync(async () => !await IsReadyAsync(probe, leaving));
        for (var i = 0; i < Streams; i++)
        {
            using var answer = await client.SendAsync(Upstreams.Ask());
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }

        stopping.IsCompleted.ShouldBeFalse($"Its streams are not at their end.\n{leaving.Output}");
        end.SetResult();
        foreach (var response in streams)
            (await response.Content.ReadAsStringAsync()).ShouldEndWith("data: [DONE]\n\n");
        (await stopping).ShouldBe(0, leaving.Output);
        foreach (var response in streams)
            response.Dispose();
    }

    private static async Task StreamAsync(FaultyExchange exchange, Task end)
    {
        if (exchange.Request.Body.Contains("Hi", StringComparison.Ordinal))
        {
            await Upstreams.AnswerAsync(exchange);
            return;
        }

        await exchange.BeginAsync();
        await exchange.ChunkAsync(Replies.Role + Replies.Delta("hel"));
        if (exchange.Request.Body.Contains("endless", StringComparison.Ordinal))
        {
            await exchange.UntilClientLeavesAsync();
            return;
        }

        await end;
        await exchange.ChunkAsync(Replies.Delta("lo") + Replies.Stop + Replies.Usage + Replies.Done);
        await exchange.EndAsync();
    }

    private static Task<HttpResponseMessage[]> BeginAsync(HttpClient client, string question) =>
        Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => client.SendAsync(Upstreams.Ask(question, stream: true), HttpCompletionOption.ResponseHeadersRead)));

    private static async Task<bool> IsReadyAsync(HttpClient probe, RunningSilo silo)
    {
        try
        {
            using var answer = await probe.GetAsync($"{silo.Url}/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
