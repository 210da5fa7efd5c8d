using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Cluster.Tests.Clusters;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts;
using Orchestra.Core.Tests.Experts.OpenAI;
using Xunit.Abstractions;

namespace Orchestra.Cluster.Tests.Streams;

/// <summary>Streams that go from an upstream through the silo of its expert and the one that conducts to a client.</summary>
public sealed class SiloStreamTests(ITestOutputHelper output)
{
    private const int Many = 1_000;

    [SkippableFact]
    public async Task A_thousand_chunks_cross_silos_unchanged()
    {
        string[] pieces = [Replies.Role, .. Enumerable.Range(0, Many).Select(i => Replies.Delta($"{i} é☃\U0001F600 {new string((char)('a' + (i % 26)), i % 200)} \"\\\n")), Replies.Stop, Replies.Usage];
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(Replies.Stream([.. pieces, Replies.Done])));
        var expert = cluster.Services.GetServices<IExpert>().Single(expert => expert.Descriptor.Name == "small");
        var request = ChatRequestReader.Read("""{"model":"small","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]}"""u8.ToArray());
        for (var call = 0; call < 4; call++)
        {
            var bytes = new StringBuilder();
            await foreach (var chunk in expert.StreamAsync(new ExpertCall($"call_{call}", request, RequestEdits.None), default))
                bytes.Append(Encoding.UTF8.GetString(chunk.Events.Span));
            bytes.ToString().ShouldBe(string.Concat(pieces));
        }

    }

    [SkippableFact]
    public async Task A_client_that_leaves_closes_the_upstreams_connection_and_pays_for_what_it_got()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Role + Replies.Delta("Once upon"));
            await exchange.UntilClientLeavesAsync();
            left.SetResult();
        }));
        using (var client = cluster.Api.Client())
        using (var response = await cluster.Api.AskAsync(client, "small", stream: true))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            (await body.ReadAsync(new byte[16])).ShouldBeGreaterThan(0);
        }

        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
        (await cluster.Api.SpentAsync()).ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public async Task A_client_that_does_not_read_holds_up_the_upstream()
    {
        var sent = 0L;
        var story = Replies.Delta(new string('x', 8_000));
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Role);
            while (true)
            {
                await exchange.ChunkAsync(story);
                Interlocked.Add(ref sent, story.Length);
            }
        }));
        var expert = cluster.Services.GetServices<IExpert>().Single(expert => expert.Descriptor.Name == "small");
        var request = ChatRequestReader.Read("""{"model":"small","stream":true,"messages":[{"role":"user","content":"Hi"}]}"""u8.ToArray());
        await using (var chunks = expert.StreamAsync(new ExpertCall("call_1", request, RequestEdits.None), default).GetAsyncEnumerator())
        {
            (await chunks.MoveNextAsync()).ShouldBeTrue();
            var (before, calm) = (-1L, 0);
            await Eventually.TrueAsync(() =>
            {
                var now = Interlocked.Read(ref sent);
                (before, calm) = (now, now == before && now > 0 ? calm + 1 : 0);
                return calm > 500;
            });
            // A quarter of a MiB waits on the expert's silo, as much on its way to the other one; the rest is in sockets.
            output.WriteLine($"{before / 1024} KiB left the upstream");
            before.ShouldBeLessThan(32 * 1024 * 1024);
        }
    }

    [SkippableFact]
    public async Task An_upstream_that_fails_midway_ends_the_clients_stream_with_the_error()
    {
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Role + Replies.Delta("Once upon"));
            exchange.Reset();
        }));
        using var client = cluster.Api.Client();
        using var response = await cluster.Api.AskAsync(client, "small", stream: true);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsStringAsync();
        body.ShouldContain("Once upon");
        body.ShouldContain("data: {\"error\":{");
        body.ShouldContain("\"code\":\"upstream_failed\"");
        body.ShouldNotContain("[DONE]");
    }
}
