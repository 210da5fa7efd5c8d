using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Orchestra.Client;
using Orchestra.Cluster.Tests.Clusters;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Cluster.Tests.Clients;

/// <summary>Both clients, over HTTP and over Orleans, do the same against the same cluster.</summary>
public sealed class ClientTests
{
    private const string ToolCall = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":5,"total_tokens":10}}""";

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_whole_and_streamed_carry_what_orchestra_says_of_them(bool inside)
    {
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(
            Replies.Answer("Hello, you."), Replies.Stream(Replies.Role, Replies.Delta("Hel"), Replies.Delta("lo"), Replies.Stop, Replies.Usage, Replies.Done)));
        await using var asked = await AskedCluster.ConnectAsync(cluster, inside);
        var options = new ChatOptions { Temperature = 0.5f, MaxOutputTokens = 77, ConversationId = "chat-7" };
        var whole = await asked.Client.GetResponseAsync([new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hi there!")], options);
        (whole.Text, whole.FinishReason, whole.Usage?.InputTokenCount, whole.Usage?.OutputTokenCount).ShouldBe(("Hello, you.", ChatFinishReason.Stop, 11, 3));
        ShouldTell(whole.AdditionalProperties);
        var sent = JsonNode.Parse(cluster.Upstream.Requests[0].Body)!;
        ((double)sent["temperature"]!, (string)sent["messages"]![0]!["content"]!).ShouldBe((0.5, "Be kind."));

        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in asked.Client.GetStreamingResponseAsync("Hi there!", options))
            updates.Add(update);
        updates.Count.ShouldBeGreaterThan(2);
        var streamed = updates.ToChatResponse();
        (streamed.Text, streamed.FinishReason, streamed.Usage?.OutputTokenCount).ShouldBe(("Hello", ChatFinishReason.Stop, 3));
        ShouldTell(updates[^1].AdditionalProperties);
        (await cluster.Api.SpentAsync()).ShouldBe(0.000034m);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_are_called_and_their_results_sent(bool inside)
    {
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(exchange => exchange.ReplyAsync(200, ToolCall), Replies.Answer("Cold.")));
        await using var asked = await AskedCluster.ConnectAsync(cluster, inside);
        var cities = new List<string>();
        var weather = AIFunctionFactory.Create((string city) => { cities.Add(city); return "-5 degrees"; }, "weather", "Tells the weather.");
        var options = new ChatOptions { Tools = [weather] };
        List<ChatMessage> messages = [new(ChatRole.User, "How is the weather in Oslo?")];
        var first = await asked.Client.GetResponseAsync(messages, options);
        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var call = first.Messages[0].Contents.OfType<FunctionCallContent>().Single();
        messages.AddRange(first.Messages);
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, await weather.InvokeAsync(new AIFunctionArguments(call.Arguments)))]));
        (await asked.Client.GetResponseAsync(messages, options)).Text.ShouldBe("Cold.");
        cities.ShouldBe(["Oslo"]);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Errors_have_their_code_and_come_once(bool inside)
    {
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(
            async exchange =>
            {
                await exchange.BeginAsync();
                await exchange.ChunkAsync(Replies.Role + Replies.Delta("Once upon"));
                exchange.Reset();
            },
            Replies.Answer()));
        await using var asked = await AskedCluster.ConnectAsync(cluster, inside);
        var text = string.Empty;
        var midway = await Should.ThrowAsync<OrchestraClientException>(async () =>
        {
            await foreach (var update in asked.Client.GetStreamingResponseAsync("Tell me a story."))
                text += update.Text;
        });
        (text, midway.Code, midway.Status).ShouldBe(("Once upon", "upstream_failed", 200));
        midway.Trajectory.ShouldNotBeNullOrEmpty();

        await cluster.Api.LimitAsync("0.000001");
        var requests = cluster.Upstream.Requests.Count;
        var spent = await Should.ThrowAsync<OrchestraClientException>(() => asked.Client.GetResponseAsync("Hi there, how are you?"));
        (spent.Code, spent.Status, spent.IsWorthARetry).ShouldBe(("insufficient_quota", 429, false));
        var unknown = await Should.ThrowAsync<OrchestraClientException>(() => asked.Client.GetResponseAsync("Hi", new ChatOptions { ModelId = "unknown" }));
        (unknown.Code, unknown.Status).ShouldBe(("model_not_found", 404));
        cluster.Upstream.Requests.Count.ShouldBe(requests);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_that_gives_up_closes_the_upstreams_connection(bool inside)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await PairCluster.StartAsync(new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Role + Replies.Delta("Once") + Replies.Delta(" upon"));
            await exchange.UntilClientLeavesAsync();
            left.SetResult();
        }));
        await using var asked = await AskedCluster.ConnectAsync(cluster, inside);
        using var caller = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in asked.Client.GetStreamingResponseAsync("Tell me a story.", cancellationToken: caller.Token))
                await caller.CancelAsync();
        });
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
        (await cluster.Api.SpentAsync()).ShouldBeGreaterThan(0);
    }

    private static void ShouldTell(AdditionalPropertiesDictionary? properties)
    {
        properties.ShouldNotBeNull();
        ((string)properties[AnswerProperties.Trajectory]!).ShouldStartWith("traj_");
        properties[AnswerProperties.CostUsd].ShouldBe(0.000017m);
        ((IEnumerable<string>)properties[AnswerProperties.Experts]!).ShouldBe(["small"]);
    }
}
