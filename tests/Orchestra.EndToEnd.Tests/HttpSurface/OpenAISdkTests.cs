using System.ClientModel;
using System.Text.Json.Nodes;
using OpenAI.Chat;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>The official OpenAI SDK as the client of a real node.</summary>
public sealed class OpenAISdkTests
{
    [Fact]
    public async Task Chat_is_answered_by_the_expert_and_traced()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer("Hello, you.")));
        var result = await node.Chat().CompleteChatAsync(new SystemChatMessage("Be kind."), new UserChatMessage("Hi there!"));
        result.Value.Content[0].Text.ShouldBe("Hello, you.");
        result.Value.Usage.InputTokenCount.ShouldBe(11);
        var headers = result.GetRawResponse().Headers;
        headers.TryGetValue("x-orchestra-experts", out var experts).ShouldBeTrue();
        experts.ShouldBe("small");
        headers.TryGetValue("x-orchestra-cost-usd", out var cost).ShouldBeTrue();
        cost.ShouldBe("0.000017");
        headers.TryGetValue("x-orchestra-trajectory", out var id).ShouldBeTrue();
        var trajectory = await node.TrajectoryAsync(id!);
        ((string)trajectory["outcome"]!).ShouldBe("answered");
        ((string)trajectory["cost"]!).ShouldBe("0.000017");
        ((string)trajectory["steps"]![0]!["target"]!).ShouldBe("small");
        ((string)trajectory["steps"]![0]!["reason"]!).ShouldNotBeEmpty();
        ((string)(await node.SettledBudgetAsync())["spent_usd"]!).ShouldBe("0.000017");
    }

    [Fact]
    public async Task Arithmetic_is_answered_by_the_calculator_for_nothing()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Status(500)));
        var result = await node.Chat().CompleteChatAsync("What is 12.5% of 3/7?");
        result.Value.Content[0].Text.ShouldContain("3/56");
        result.GetRawResponse().Headers.TryGetValue("x-orchestra-cost-usd", out var cost).ShouldBeTrue();
        cost.ShouldBe("0");
        node.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_arrives_piece_by_piece_with_usage()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Stream(Replies.Role, Replies.Delta("Hel"), Replies.Delta("lo"), Replies.Stop, Replies.Usage, Replies.Done)));
        var text = new List<string>();
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        await foreach (var update in node.Chat().CompleteChatStreamingAsync("Hi there!"))
        {
            text.AddRange(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
            finish = update.FinishReason ?? finish;
        }

        string.Concat(text).ShouldBe("Hello");
        finish.ShouldBe(ChatFinishReason.Stop);
        usage!.OutputTokenCount.ShouldBe(3);
        ((string)(await node.SettledBudgetAsync())["spent_usd"]!).ShouldBe("0.000017");
    }

    [Fact]
    public async Task The_calculator_streams_too()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Status(500)));
        var text = string.Empty;
        await foreach (var update in node.Chat().CompleteChatStreamingAsync("What is 0.1 + 0.2?"))
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        text.ShouldContain("0.3");
    }

    [Fact]
    public async Task Tools_pass_through_both_ways()
    {
        const string calls = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":5,"total_tokens":10}}""";
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(exchange => exchange.ReplyAsync(200, calls), Replies.Answer("Cold.")));
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("weather", "Tells the weather.", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}""")) } };
        var messages = new List<ChatMessage> { new UserChatMessage("How is the weather in Oslo?") };
        ChatCompletion first = await node.Chat().CompleteChatAsync(messages, options);
        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        first.ToolCalls[0].FunctionArguments.ToString().ShouldContain("Oslo");
        messages.Add(new AssistantChatMessage(first));
        messages.Add(new ToolChatMessage("call_1", "-5 degrees"));
        ChatCompletion second = await node.Chat().CompleteChatAsync(messages, options);
        second.Content[0].Text.ShouldBe("Cold.");
        var sent = JsonNode.Parse(node.Upstream.Requests[1].Body)!;
        ((string)sent["messages"]![2]!["tool_call_id"]!).ShouldBe("call_1");
        ((string)sent["tools"]![0]!["function"]!["name"]!).ShouldBe("weather");
    }

    [Fact]
    public async Task Unknown_fields_reach_the_expert_untouched_and_its_own_model_name_is_asked_for()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        var response = await node.PostAsync("""{"model":"small","mystery":{"deep":[1,2.50,"\u00e9"]},"messages":[{"role":"user","content":"Hi","odd":true}],"temperature":0.250,"stop":["\n"]}""");
        response.EnsureSuccessStatusCode();
        var sent = node.Upstream.Requests[0].Body;
        sent.ShouldContain("\"mystery\":{\"deep\":[1,2.50,\"\\u00e9\"]}");
        sent.ShouldContain("\"temperature\":0.250");
        sent.ShouldContain("\"odd\":true");
        ((string)JsonNode.Parse(sent)!["model"]!).ShouldBe("upstream-model");
    }

    [Fact]
    public async Task A_wrong_key_is_refused_as_the_sdk_expects()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        var error = await Should.ThrowAsync<ClientResultException>(() => node.Chat(key: "sk-orch-wrong-key").CompleteChatAsync("Hi"));
        error.Status.ShouldBe(401);
        error.Message.ShouldContain("invalid_api_key");
        node.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_spent_budget_is_insufficient_quota_and_not_worth_a_retry()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        await node.LimitAsync("0.000001");
        var error = await Should.ThrowAsync<ClientResultException>(() => node.Chat().CompleteChatAsync("Hi there, how are you?"));
        error.Status.ShouldBe(429);
        error.GetRawResponse()!.Headers.TryGetValue("x-should-retry", out var retry).ShouldBeTrue();
        retry.ShouldBe("false");
        error.GetRawResponse()!.Content.ToString().ShouldContain("\"code\":\"insufficient_quota\"");
        node.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_reaches_the_upstream_and_is_billed()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Role + Replies.Delta("Once upon"));
            await exchange.UntilClientLeavesAsync();
            left.SetResult();
        }));
        using var client = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in node.Chat().CompleteChatStreamingAsync([new UserChatMessage("Tell me a story.")], cancellationToken: client.Token))
            {
                if (update.ContentUpdate.Count > 0 && update.ContentUpdate[0].Text.Length > 0)
                    await client.CancelAsync();
            }
        });
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var budget = await node.SettledBudgetAsync();
        decimal.Parse((string)budget["spent_usd"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_whole_answer_that_the_budget_cuts_short_is_one_to_the_sdk_and_never_overspends()
    {
        var deltas = Enumerable.Repeat(Replies.Delta("word "), 1_000);
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Stream([Replies.Role, .. deltas, Replies.Stop, Replies.Usage, Replies.Done])));
        await node.LimitAsync("0.0013");
        var result = await node.Chat().CompleteChatAsync("Tell me a story.");
        result.Value.FinishReason.ShouldBe(ChatFinishReason.Length);
        result.Value.Content[0].Text.Length.ShouldBeInRange(5 * 512, 5 * 700);
        var answer = JsonNode.Parse(result.GetRawResponse().Content)!;
        ((string)answer["object"]!).ShouldBe("chat.completion");
        ((string)answer["orchestra"]!["reason"]!).ShouldBe("insufficient_quota");
        decimal.Parse((string)(await node.SettledBudgetAsync())["spent_usd"]!).ShouldBeInRange(0.001m, 0.0013m);
    }

    [Fact]
    public async Task A_service_tier_is_refused()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        var response = await node.PostAsync("""{"model":"small","service_tier":"priority","messages":[{"role":"user","content":"Hi"}]}""");
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"param\":\"service_tier\"");
        node.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_models_are_listed()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        using var client = node.Client();
        var models = JsonNode.Parse(await client.GetStringAsync("/v1/models"))!;
        models["data"]!.AsArray().Select(model => (string)model!["id"]!).ShouldBe(["orchestra", "calculator", "small"]);
    }
}
