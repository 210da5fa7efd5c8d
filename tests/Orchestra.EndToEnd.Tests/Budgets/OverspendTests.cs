using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Core.Tests.Experts.OpenAI;
using Orchestra.EndToEnd.Tests.HttpSurface;

namespace Orchestra.EndToEnd.Tests.Budgets;

/// <summary>A thousand streams at once against one key that has money for some of them.</summary>
public sealed class OverspendTests
{
    private const int Clients = 1_000;
    private const int Affordable = 300;
    private const decimal PerToken = 0.000002m;

    [Fact]
    public async Task A_thousand_streams_spend_exactly_what_the_limit_allows_and_the_rest_get_429()
    {
        const int tokens = 200;
        const decimal full = tokens * PerToken;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = await StartAsync(tokens, pieces: 4, release.Task);
        await node.LimitAsync((full * Affordable).ToString(CultureInfo.InvariantCulture));

        using var client = node.Client();
        var responses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => PostAsync(client, tokens)));

        var admitted = responses.Where(response => response.StatusCode == HttpStatusCode.OK).ToList();
        admitted.Count.ShouldBe(Affordable);
        foreach (var refused in responses.Except(admitted))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.GetValues("x-should-retry").ShouldBe(["false"]);
            ((string)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["error"]!["code"]!).ShouldBe("insufficient_quota");
        }

        var leaving = admitted.Where((_, i) => i % 3 == 0).ToList();
        var staying = admitted.Except(leaving).ToList();
        await Task.WhenAll(leaving.Select(LeaveAsync));
        await Eventually.TrueAsync(async () => ReservedOf(await node.BudgetAsync()) == staying.Count * full);
        release.SetResult();
        var answers = await Task.WhenAll(staying.Select(response => response.Content.ReadAsStringAsync()));
        answers.ShouldAllBe(answer => answer.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) && !answer.Contains("insufficient_quota", StringComparison.Ordinal));

        var spent = SpentOf(await node.SettledBudgetAsync());
        var left = await Task.WhenAll(leaving.Select(response => CostAsync(node, response)));
        left.ShouldAllBe(cost => cost > 0 && cost < full, "Who leaves midway pays for what was used.");
        spent.ShouldBe((staying.Count * full) + left.Sum());
        spent.ShouldBeLessThanOrEqualTo(full * Affordable);
        foreach (var response in responses)
            response.Dispose();
    }

    [Fact]
    public async Task A_thousand_streams_that_grow_use_the_limit_up_and_end_cleanly()
    {
        const int tokens = 800;
        const decimal full = tokens * PerToken;
        await using var node = await StartAsync(tokens, pieces: 20, Task.CompletedTask);
        await node.LimitAsync((full * Affordable).ToString(CultureInfo.InvariantCulture));

        using var client = node.Client();
        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var response = await PostAsync(client, tokens);
            return (response.StatusCode, Body: await response.Content.ReadAsStringAsync());
        }));

        var spent = SpentOf(await node.SettledBudgetAsync());
        spent.ShouldBeLessThanOrEqualTo(full * Affordable);
        spent.ShouldBeGreaterThan(full * Affordable * 0.99m, "Money that nobody holds refuses nobody.");
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK || answer.StatusCode == HttpStatusCode.TooManyRequests);
        var streams = answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).Select(answer => answer.Body).ToList();
        streams.ShouldAllBe(body => body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal));
        var cut = streams.Where(body => body.Contains("\"reason\":\"insufficient_quota\"", StringComparison.Ordinal)).ToList();
        cut.ShouldNotBeEmpty();
        cut.ShouldAllBe(body => body.Contains("\"finish_reason\":\"length\"", StringComparison.Ordinal));
    }

    /// <summary>A node whose expert streams so many tokens at two dollars a million, in pieces, the second half when it is released.</summary>
    private static Task<RunningNode> StartAsync(int tokens, int pieces, Task release)
    {
        // A token is estimated as four bytes of text.
        var piece = Replies.Delta(new string('x', tokens * 4 / pieces));
        var usage = $$$"""data: {"id":"c1","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":0,"completion_tokens":{{{tokens}}},"total_tokens":{{{tokens}}}}}""" + "\n\n";
        var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            for (var i = 0; i < pieces; i++)
            {
                if (i == pieces / 2)
                    await release;
                await exchange.ChunkAsync(piece);
            }

            await exchange.ChunkAsync(Replies.Stop);
            await exchange.ChunkAsync(usage);
            await exchange.ChunkAsync(Replies.Done);
            await exchange.EndAsync();
        });
        return RunningNode.StartAsync(
            upstream, "Orchestra:Experts:small:Price:InputPerMillion=0", "Orchestra:Experts:small:MaxConcurrency=2000", "Orchestra:Experts:small:QueueTimeout=00:01:00");
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, int tokens)
    {
        var body = $$"""{"model":"small","stream":true,"max_tokens":{{tokens}},"messages":[{"role":"user","content":"Hi"}]}""";
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, null, "application/json") };
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task LeaveAsync(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync();
        (await stream.ReadAsync(new byte[64])).ShouldBeGreaterThan(0);
        response.Dispose();
    }

    private static async Task<decimal> CostAsync(RunningNode node, HttpResponseMessage response)
    {
        var trajectory = await node.TrajectoryAsync(response.Headers.GetValues("x-orchestra-trajectory").Single());
        ((string)trajectory["outcome"]!).ShouldBe("cancelled");
        return decimal.Parse((string)trajectory["cost"]!, CultureInfo.InvariantCulture);
    }

    private static decimal ReservedOf(JsonNode budget) => decimal.Parse((string)budget["reserved_usd"]!, CultureInfo.InvariantCulture);

    private static decimal SpentOf(JsonNode budget) => decimal.Parse((string)budget["spent_usd"]!, CultureInfo.InvariantCulture);
}
