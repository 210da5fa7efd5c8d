using System.ClientModel;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpenAI.Chat;
using Orchestra.Cluster.Tests.Clusters;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Cluster.Tests.Gateway;

/// <summary>The official OpenAI SDK as the client of a cluster: one silo that serves and conducts, two that hold experts.</summary>
public sealed class GatewayClusterTests
{
    private const string ToolCall = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":5,"total_tokens":10}}""";

    [SkippableFact]
    public async Task The_sdk_finds_in_a_cluster_what_it_finds_in_a_node()
    {
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(
            Replies.Answer("Hello, you."),
            Replies.Stream(Replies.Role, Replies.Delta("Hel"), Replies.Delta("lo"), Replies.Stop, Replies.Usage, Replies.Done),
            exchange => exchange.ReplyAsync(200, ToolCall),
            Replies.Answer("Cold.")));
        var cost = await WholeAsync(cluster);
        await StreamAsync(cluster);
        await CalculatorAsync(cluster);
        await ToolsAsync(cluster);

        // The stream cost the same as the first answer, five tokens in and out 15 millionths, the last answer again the same.
        var spent = await cluster.Api.SpentAsync();
        spent.ShouldBe((3 * cost) + 0.000015m);
        await SpendAndLedgerAsync(cluster, spent);
    }

    [SkippableFact]
    public async Task Errors_are_as_the_sdk_expects_them()
    {
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(Replies.Answer()));
        (await RefusedAsync(cluster.Api.Chat("unknown"))).ShouldBe((404, "model_not_found"));
        (await RefusedAsync(cluster.Api.Chat(key: "sk-orch-wrong-key"))).ShouldBe((401, "invalid_api_key"));
        await cluster.Api.LimitAsync("0.000001");
        var error = await Should.ThrowAsync<ClientResultException>(() => cluster.Api.Chat().CompleteChatAsync("Hi there, how are you?"));
        error.Status.ShouldBe(429);
        error.GetRawResponse()!.Headers.TryGetValue("x-should-retry", out var retry).ShouldBeTrue();
        retry.ShouldBe("false");
        error.GetRawResponse()!.Content.ToString().ShouldContain("\"code\":\"insufficient_quota\"");
        cluster.Upstream.Requests.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Full_replicas_pass_work_on_and_when_all_are_full_the_client_is_told_when_to_come_back()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await PairCluster.StartAsync(
            new FaultyUpstream(async exchange =>
            {
                await release.Task;
                await exchange.ReplyAsync(200, Replies.Completion("Hello."));
            }),
            maxConcurrency: 1, maxQueue: 0);
        using var client = cluster.Api.Client();
        var first = cluster.Api.AskAsync(client, "small");
        await Eventually.TrueAsync(() => cluster.Upstream.Requests.Count == 1);
        var second = cluster.Api.AskAsync(client, "small");
        await Eventually.TrueAsync(() => cluster.Upstream.Requests.Count == 2);
        using (var third = await cluster.Api.AskAsync(client, "small"))
        {
            third.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            third.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
            (await third.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"overloaded\"");
        }

        release.SetResult();
        foreach (var response in await Task.WhenAll(first, second))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Dispose();
        }

        cluster.Upstream.Requests.Count.ShouldBe(2);
    }

    private static async Task<decimal> WholeAsync(PairCluster cluster)
    {
        var result = await cluster.Api.Chat().CompleteChatAsync(new SystemChatMessage("Be kind."), new UserChatMessage("Hi there!"));
        result.Value.Content[0].Text.ShouldBe("Hello, you.");
        result.Value.Usage.InputTokenCount.ShouldBe(11);
        var (experts, cost, trajectory) = (Header(result, "x-orchestra-experts"), Header(result, "x-orchestra-cost-usd"), Header(result, "x-orchestra-trajectory"));
        (experts, cost).ShouldBe(("small", "0.000017"));

        using var admin = cluster.Api.Admin();
        JsonNode? kept = null;
        await Eventually.TrueAsync(async () =>
        {
            using var response = await admin.GetAsync($"/admin/trajectories/{trajectory}");
            kept = response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonNode>() : null;
            return kept is not null;
        });
        ((string)kept!["outcome"]!, (string)kept["cost"]!).ShouldBe(("answered", "0.000017"));

        using var client = cluster.Api.Client();
        using var feedback = await client.PostAsJsonAsync("/v1/feedback", new { trajectory, score = 1 });
        feedback.IsSuccessStatusCode.ShouldBeTrue();
        return decimal.Parse(cost, CultureInfo.InvariantCulture);
    }

    private static async Task StreamAsync(PairCluster cluster)
    {
        var text = string.Empty;
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        await foreach (var update in cluster.Api.Chat().CompleteChatStreamingAsync("Hi there!"))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
            finish = update.FinishReason ?? finish;
        }

        (text, finish, usage?.OutputTokenCount).ShouldBe(("Hello", ChatFinishReason.Stop, 3));
    }

    private static async Task CalculatorAsync(PairCluster cluster)
    {
        var before = cluster.Upstream.Requests.Count;
        var result = await cluster.Api.Chat().CompleteChatAsync("What is 12.5% of 3/7?");
        result.Value.Content[0].Text.ShouldContain("3/56");
        Header(result, "x-orchestra-cost-usd").ShouldBe("0");
        cluster.Upstream.Requests.Count.ShouldBe(before);
    }

    private static async Task ToolsAsync(PairCluster cluster)
    {
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("weather", "Tells the weather.", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}""")) } };
        var messages = new List<ChatMessage> { new UserChatMessage("How is the weather in Oslo?") };
        ChatCompletion first = await cluster.Api.Chat().CompleteChatAsync(messages, options);
        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        first.ToolCalls[0].FunctionArguments.ToString().ShouldContain("Oslo");
        messages.Add(new AssistantChatMessage(first));
        messages.Add(new ToolChatMessage("call_1", "-5 degrees"));
        ChatCompletion second = await cluster.Api.Chat().CompleteChatAsync(messages, options);
        second.Content[0].Text.ShouldBe("Cold.");
        ((string)JsonNode.Parse(cluster.Upstream.Requests[^1].Body)!["messages"]![2]!["tool_call_id"]!).ShouldBe("call_1");
    }

    private static async Task SpendAndLedgerAsync(PairCluster cluster, decimal spent)
    {
        using var admin = cluster.Api.Admin();
        var spend = (await admin.GetFromJsonAsync<JsonNode>("/admin/spend?by=expert"))!;
        decimal.Parse((string)spend["total_usd"]!, CultureInfo.InvariantCulture).ShouldBe(spent);
        var ledger = (await admin.GetFromJsonAsync<JsonNode>("/admin/ledger?tenant=default&limit=1000"))!["data"]!.AsArray();
        ledger.Count.ShouldBeGreaterThan(0);
    }

    private static async Task<(int Status, string Code)> RefusedAsync(ChatClient chat)
    {
        var error = await Should.ThrowAsync<ClientResultException>(() => chat.CompleteChatAsync("Hi"));
        return (error.Status, (string)JsonNode.Parse(error.GetRawResponse()!.Content)!["error"]!["code"]!);
    }

    private static string Header(ClientResult result, string name) => result.GetRawResponse().Headers.TryGetValue(name, out var value) ? value! : string.Empty;
}
