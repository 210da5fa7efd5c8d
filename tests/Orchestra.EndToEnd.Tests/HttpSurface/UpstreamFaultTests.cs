using System.Net;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>What clients see, and what they pay, when an upstream misbehaves on the wire.</summary>
public sealed class UpstreamFaultTests
{
    private const string Ask = """{"model":"small","messages":[{"role":"user","content":"Hi"}]}""";
    private const string Stream = """{"model":"small","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";

    private static async Task<string> TextAsync(HttpResponseMessage response) => await response.Content.ReadAsStringAsync();

    [Fact]
    public async Task Events_pass_through_byte_for_byte()
    {
        const string odd = "data: {\"id\":\"c1\",  \"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\u00e9\"},\"finish_reason\":null}],\"extra\":1.50}\n\n";
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Stream(Replies.Role, odd, Replies.Stop, Replies.Usage, Replies.Done)));
        var text = await TextAsync(await node.PostAsync(Stream));
        text.ShouldStartWith(Replies.Role + odd + Replies.Stop);
        text.ShouldEndWith(": x-orchestra-cost-usd 0.000017\n\ndata: [DONE]\n\n");
        text.ShouldNotContain("prompt_tokens", customMessage: "The client did not ask for the usage chunk.");
    }

    [Fact]
    public async Task A_split_stream_arrives_whole()
    {
        var all = Replies.Role + Replies.Delta("Hel") + Replies.Delta("lo") + Replies.Stop + Replies.Usage + Replies.Done;
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Stream([.. all.Chunk(7).Select(piece => new string(piece))])));
        (await TextAsync(await node.PostAsync(Stream))).ShouldStartWith(Replies.Role + Replies.Delta("Hel") + Replies.Delta("lo") + Replies.Stop);
    }

    [Fact]
    public async Task A_disconnect_midway_ends_with_an_error_event_and_is_billed()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Role + Replies.Delta("Hel"));
            exchange.Reset();
        }));
        var text = await TextAsync(await node.PostAsync(Stream));
        text.ShouldContain("\"code\":\"upstream_failed\"");
        text.ShouldNotContain("[DONE]");
        decimal.Parse((string)(await node.SettledBudgetAsync())["spent_usd"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_disconnect_before_the_first_byte_is_tried_again_unseen()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(
            exchange =>
            {
                exchange.Reset();
                return Task.CompletedTask;
            },
            Replies.Stream(Replies.Role, Replies.Delta("fine"), Replies.Stop, Replies.Usage, Replies.Done)));
        (await TextAsync(await node.PostAsync(Stream))).ShouldContain("fine");
        node.Upstream.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("{\"choices\":", "application/json")]
    [InlineData("<html>It works!</html>", "text/html")]
    [InlineData("{}", "application/json")]
    public async Task A_reply_that_makes_no_sense_is_502(string body, string type)
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(exchange => exchange.ReplyAsync(200, body, type)));
        var response = await node.PostAsync(Ask);
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await TextAsync(response)).ShouldContain("small");
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_ends_the_stream_and_not_the_node()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(
            Replies.Stream(Replies.Role, Replies.Delta("x"), $"data: {new string('x', 10 * 1024 * 1024)}\n\n"), Replies.Answer("still here")));
        (await TextAsync(await node.PostAsync(Stream))).ShouldContain("\"code\":\"upstream_failed\"");
        (await TextAsync(await node.PostAsync(Ask))).ShouldContain("still here");
    }

    [Theory]
    [InlineData(Ask)]
    [InlineData(Stream)]
    public async Task A_first_byte_that_never_comes_is_504(string body)
    {
        await using var node = await RunningNode.StartAsync(
            new FaultyUpstream(exchange => exchange.UntilClientLeavesAsync()), "Orchestra:Experts:small:AttemptTimeout=00:00:00.1", "Orchestra:Experts:small:Retries=0");
        var response = await node.PostAsync(body);
        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await TextAsync(response)).ShouldContain("small");
        decimal.Parse((string)(await node.SettledBudgetAsync())["spent_usd"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_stall_midway_ends_with_an_error_event()
    {
        await using var node = await RunningNode.StartAsync(
            new FaultyUpstream(async exchange =>
            {
                await exchange.BeginAsync();
                await exchange.ChunkAsync(Replies.Role + Replies.Delta("Hel"));
                await exchange.UntilClientLeavesAsync();
            }),
            "Orchestra:Experts:small:IdleTimeout=00:00:00.1");
        (await TextAsync(await node.PostAsync(Stream))).ShouldContain("\"code\":\"upstream_timeout\"");
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_the_upstream_and_leaves_nothing_reserved()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(async exchange =>
        {
            arrived.SetResult();
            await exchange.UntilClientLeavesAsync();
            left.SetResult();
        }));
        using var client = new CancellationTokenSource();
        var asking = node.PostAsync(Ask, ct: client.Token);
        await arrived.Task;
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
        decimal.Parse((string)(await node.SettledBudgetAsync())["spent_usd"]!).ShouldBeGreaterThan(0);
    }
}
