using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.ChatClients;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Core.Tests.Experts.ChatClients;

public sealed class ChatClientExpertTests
{
    [Fact]
    public async Task An_answer_becomes_a_chat_completion()
    {
        using var client = new EchoChatClient();

        var reply = await Expert(client).AskAsync(Bench.Call(text: "say it again"), CancellationToken.None);

        reply.Completion.Text.ShouldBe("say it again");
        reply.Completion.FinishReason.ShouldBe("stop");
        reply.Usage.ShouldBe(new TokenUsage(5, 3));
        client.Options!.ModelId.ShouldBe("echo-1");
    }

    [Fact]
    public async Task Options_are_told_in_the_words_of_the_abstractions()
    {
        using var client = new EchoChatClient();
        const string more = ""","temperature":0.25,"top_p":0.5,"stop":["a","b"],"seed":7,"n":1,"user":"u1","parallel_tool_calls":false,"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"}}}""";

        await Expert(client).AskAsync(Bench.Call(more, edits: new RequestEdits { MaxOutputTokens = 3 }), CancellationToken.None);

        var options = client.Options!;
        options.Temperature.ShouldBe(0.25f);
        options.TopP.ShouldBe(0.5f);
        options.StopSequences.ShouldBe(["a", "b"]);
        options.Seed.ShouldBe(7);
        options.MaxOutputTokens.ShouldBe(3);
        options.AllowMultipleToolCalls.ShouldBe(false);
        options.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>().SchemaName.ShouldBe("s");
        options.AdditionalProperties!["user"].ShouldBeOfType<JsonElement>().GetString().ShouldBe("u1");
    }

    [Fact]
    public async Task Messages_keep_their_roles_parts_calls_and_results()
    {
        using var client = new EchoChatClient();
        const string body = """
            {"model":"x","messages":[
              {"role":"developer","content":"be brief"},
              {"role":"user","name":"ada","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},{"type":"image_url","image_url":{"url":"http://h/i.png"}}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"c2","type":"function","function":{"name":"g","arguments":"not json"}}]},
              {"role":"tool","tool_call_id":"c1","content":"42"}]}
            """;

        await Expert(client).AskAsync(new ExpertCall("1", ChatRequestReader.Read(Encoding.UTF8.GetBytes(body)), RequestEdits.None), CancellationToken.None);

        client.Messages.Select(message => message.Role).ShouldBe([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool]);
        client.Messages[1].AuthorName.ShouldBe("ada");
        client.Messages[1].Contents[1].ShouldBeOfType<DataContent>().MediaType.ShouldBe("image/png");
        client.Messages[1].Contents[2].ShouldBeOfType<UriContent>().Uri.ShouldBe(new Uri("http://h/i.png"));
        var call = client.Messages[2].Contents[0].ShouldBeOfType<FunctionCallContent>();
        call.CallId.ShouldBe("c1");
        call.Arguments!["a"]!.ToString().ShouldBe("1");
        var result = client.Messages[3].Contents[0].ShouldBeOfType<FunctionResultContent>();
        result.CallId.ShouldBe("c1");
        result.Result.ShouldBe("42");
    }

    [Fact]
    public async Task Tools_are_offered_and_their_calls_come_back()
    {
        using var client = new EchoChatClient();
        const string tools = ""","tools":[{"type":"function","function":{"name":"lookup","description":"d","parameters":{"type":"object","properties":{"text":{"type":"string"}}}}}],"tool_choice":{"type":"function","function":{"name":"lookup"}}""";

        var reply = await Expert(client).AskAsync(Bench.Call(tools, "hi there"), CancellationToken.None);
        var streamed = await Bench.ReadAsync(Expert(client), Bench.Call(tools + ",\"stream\":true", "hi there"));

        reply.Completion.FinishReason.ShouldBe("tool_calls");
        var call = reply.Completion.ToolCalls.ShouldHaveSingleItem();
        call.ShouldBe(new ToolCall("call_7", "lookup", """{"text":"hi there"}"""));
        client.Options!.ToolMode.ShouldBeOfType<RequiredChatToolMode>().RequiredFunctionName.ShouldBe("lookup");
        client.Options.Tools!.Single().ShouldBeAssignableTo<AIFunctionDeclaration>()!.JsonSchema.GetProperty("properties").TryGetProperty("text", out _).ShouldBeTrue();
        streamed.FinishReason.ShouldBe("tool_calls");
        streamed.Text.ShouldContain("\"tool_calls\":[{\"index\":0,\"id\":\"call_7\"");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Updates_become_events(bool usage)
    {
        using var client = new EchoChatClient();

        var streamed = await Bench.ReadAsync(Expert(client), Bench.Call(usage ? ""","stream":true,"stream_options":{"include_usage":true}""" : ""","stream":true""", "one two three"));

        streamed.Error.ShouldBeNull();
        var events = streamed.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line["data: ".Length..])).ToList();
        events.Count.ShouldBe(usage ? 5 : 4);
        events.ShouldAllBe(chunk => chunk.GetProperty("object").GetString() == "chat.completion.chunk");
        var deltas = events.Take(3).Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta")).ToList();
        deltas[0].GetProperty("role").GetString().ShouldBe("assistant");
        deltas.Select(delta => delta.GetProperty("content").GetString()).ShouldBe(["one", " two", " three"]);
        events[3].GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("stop");
        streamed.FinishReason.ShouldBe("stop");
        streamed.Usage.ShouldBe(new TokenUsage(5, 3));
        streamed.Tokens.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Without_counts_the_usage_is_estimated_and_marked()
    {
        using var client = new EchoChatClient { Counts = false };

        (await Expert(client).AskAsync(Bench.Call(text: "0123 567"), CancellationToken.None)).Usage.ShouldBe(new TokenUsage(2, 2, Estimated: true));
        (await Bench.ReadAsync(Expert(client), Bench.StreamCall())).Usage!.Value.Estimated.ShouldBeTrue();
    }

    [Fact]
    public async Task A_client_that_fails_is_named_without_its_words()
    {
        using var client = new EchoChatClient { FailsWith = new InvalidDataException("key sk-1"), FailsAfter = 1 };

        var error = await Bench.FailureAsync(Expert(client), Bench.Call(text: "a b"));
        var streamed = await Bench.ReadAsync(Expert(client), Bench.Call(text: "a b"));

        error.Code.ShouldBe(ErrorCode.UpstreamFailed);
        error.Message.ShouldContain("'echo'");
        error.Message.ShouldContain("InvalidDataException");
        error.Message.ShouldNotContain("sk-1");
        error.MayHaveCharged.ShouldBeTrue();
        streamed.Chunks.ShouldBe(1);
        streamed.Error!.Status.ShouldBe(502);
    }

    [Fact]
    public async Task What_a_client_cannot_take_is_refused_before_it_is_asked()
    {
        using var client = new EchoChatClient();

        var error = await Bench.FailureAsync(Expert(client), Bench.Call(""","n":2"""));

        error.Code.ShouldBe(ErrorCode.InvalidRequest);
        error.Status.ShouldBe(400);
        error.MayHaveCharged.ShouldBeFalse();
        client.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_that_keeps_silent_runs_out_of_time()
    {
        var time = new ManualTime();
        using var client = new EchoChatClient { Silence = new TaskCompletionSource() };

        var asking = Bench.FailureAsync(Expert(client, time));
        time.Advance(TimeSpan.FromMinutes(5));

        (await asking).Code.ShouldBe(ErrorCode.UpstreamTimeout);
    }

    [Fact]
    public async Task The_caller_who_leaves_cancels_the_client()
    {
        using var client = new EchoChatClient { Silence = new TaskCompletionSource() };
        using var caller = new CancellationTokenSource();

        var asking = Expert(client).AskAsync(Bench.Call(), caller.Token);
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }

    private static ChatClientExpert Expert(EchoChatClient client, TimeProvider? time = null) =>
        new(new ExpertDescriptor { Name = "echo", Kind = "custom" }, client, time ?? TimeProvider.System, IdGenerator.Default, "echo-1");
}
