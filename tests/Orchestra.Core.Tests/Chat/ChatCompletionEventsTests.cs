using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Tests.Chat;

public sealed class ChatCompletionEventsTests
{
    private static readonly DateTimeOffset Created = DateTimeOffset.FromUnixTimeSeconds(1_760_000_000);

    [Fact]
    public void A_text_becomes_a_message_chunk_and_a_finish_chunk_of_the_same_answer()
    {
        var chunk = ChatCompletionEvents.FromCompletion(Answer("Hello\nthere"), includeUsage: false);
        var events = Read(chunk);
        events.Count.ShouldBe(2);
        foreach (var each in events)
        {
            each["id"]!.GetValue<string>().ShouldBe("chatcmpl-1");
            each["model"]!.GetValue<string>().ShouldBe("calculator");
            each["created"]!.GetValue<long>().ShouldBe(1_760_000_000);
            each["object"]!.GetValue<string>().ShouldBe("chat.completion.chunk");
            each.ContainsKey("usage").ShouldBeFalse();
        }

        Choice(events[0])["delta"]!.ToJsonString().ShouldBe("""{"role":"assistant","content":"Hello\nthere"}""");
        Choice(events[0])["finish_reason"].ShouldBeNull();
        Choice(events[1])["delta"]!.ToJsonString().ShouldBe("{}");
        Choice(events[1])["finish_reason"]!.GetValue<string>().ShouldBe("stop");
        chunk.FinishReason.ShouldBe("stop");
        chunk.Usage.ShouldBe(new TokenUsage(3, 4));
        chunk.OutputTokens.ShouldBeInRange(1, 5);
    }

    [Fact]
    public void The_usage_comes_last_with_no_choices_and_is_null_before()
    {
        var events = Read(ChatCompletionEvents.FromCompletion(Answer("Hi"), includeUsage: true));
        events.Count.ShouldBe(3);
        events[0].ContainsKey("usage").ShouldBeTrue();
        events[0]["usage"].ShouldBeNull();
        events[2]["choices"]!.AsArray().ShouldBeEmpty();
        events[2]["usage"]!.ToJsonString().ShouldBe("""{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}""");
        events[2]["id"]!.GetValue<string>().ShouldBe("chatcmpl-1");
    }

    [Fact]
    public void Usage_that_the_answer_lacks_is_told_from_the_estimate_or_not_at_all()
    {
        var answer = Parse("""{"id":"a","choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}""");
        var told = ChatCompletionEvents.FromCompletion(answer, includeUsage: true, new TokenUsage(1, 2, Estimated: true));
        told.Usage.ShouldBe(new TokenUsage(1, 2, Estimated: true));
        Read(told)[^1]["usage"]!["total_tokens"]!.GetValue<int>().ShouldBe(3);
        var untold = ChatCompletionEvents.FromCompletion(answer, includeUsage: true);
        untold.Usage.ShouldBeNull();
        Read(untold).Count.ShouldBe(2);
    }

    [Fact]
    public void Tool_calls_get_an_index_and_keep_everything_else()
    {
        var answer = ChatCompletionWriter.FromText(
            "a", "m", Created, string.Empty, default, "tool_calls", [new ToolCall("call_1", "add", """{"x": "ü"}"""), new ToolCall("call_2", "sub", "{broken")]);
        var chunk = ChatCompletionEvents.FromCompletion(answer, includeUsage: false);
        var events = Read(chunk);
        var calls = Choice(events[0])["delta"]!["tool_calls"]!.AsArray();
        calls.Count.ShouldBe(2);
        calls[0]!["index"]!.GetValue<int>().ShouldBe(0);
        calls[0]!["id"]!.GetValue<string>().ShouldBe("call_1");
        calls[0]!["function"]!["arguments"]!.GetValue<string>().ShouldBe("""{"x": "ü"}""");
        calls[1]!["index"]!.GetValue<int>().ShouldBe(1);
        calls[1]!["function"]!["arguments"]!.GetValue<string>().ShouldBe("{broken");
        chunk.FinishReason.ShouldBe("tool_calls");
    }

    [Fact]
    public void Every_choice_streams_under_its_own_index_with_its_own_finish_reason()
    {
        var answer = Parse("""
            {"id":"a","choices":[
              {"index":0,"message":{"role":"assistant","content":"one"},"finish_reason":"length","logprobs":{"content":[]}},
              {"index":1,"message":{"role":"assistant","content":null,"refusal":"No."},"finish_reason":"stop"},
              {"index":2,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}
            """);
        var chunk = ChatCompletionEvents.FromCompletion(answer, includeUsage: false);
        var events = Read(chunk);
        events.Select(e => Choice(e)["index"]!.GetValue<int>()).ShouldBe([0, 0, 1, 1, 2, 2]);
        events.Select(e => Choice(e)["finish_reason"]?.GetValue<string>()).ShouldBe([null, "length", null, "stop", null, "tool_calls"]);
        Choice(events[0])["logprobs"]!.ToJsonString().ShouldBe("""{"content":[]}""");
        Choice(events[2])["delta"]!["refusal"]!.GetValue<string>().ShouldBe("No.");
        Choice(events[2])["delta"]!["content"].ShouldBeNull();
        Choice(events[4])["delta"]!["tool_calls"]![0]!["function"]!["name"]!.GetValue<string>().ShouldBe("f");
        chunk.FinishReason.ShouldBe("length");
    }

    [Fact]
    public void Unknown_fields_survive_and_line_breaks_between_tokens_do_not_break_the_framing()
    {
        var answer = Parse("{\r\n \"id\": \"a\", \"system_fingerprint\": \"fp\",\n \"choices\": [{\"message\": {\n \"role\": \"assistant\", \"content\": \"x\", \"reasoning_content\": \"why\",\n"
            + " \"annotations\": [\n1,\r\n2\n]}, \"finish_reason\": \"stop\"}]\n}");
        var chunk = ChatCompletionEvents.FromCompletion(answer, includeUsage: false);
        var events = Read(chunk);
        events[1]["system_fingerprint"]!.GetValue<string>().ShouldBe("fp");
        Choice(events[0])["delta"]!["reasoning_content"]!.GetValue<string>().ShouldBe("why");
        Choice(events[0])["delta"]!["annotations"]!.AsArray().Count.ShouldBe(2);
        Encoding.UTF8.GetString(chunk.Events.Span).ShouldNotContain("\r");
    }

    [Fact]
    public void An_answer_that_says_little_still_gives_a_role_and_a_finish_reason()
    {
        var events = Read(ChatCompletionEvents.FromCompletion(Parse("""{"choices":[{"message":{"content":"x"}}]}"""), includeUsage: false));
        Choice(events[0])["delta"]!["role"]!.GetValue<string>().ShouldBe("assistant");
        Choice(events[1])["finish_reason"]!.GetValue<string>().ShouldBe("stop");
        var calling = Parse("""{"choices":[{"message":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},"finish_reason":null}]}""");
        ChatCompletionEvents.FromCompletion(calling, includeUsage: false).FinishReason.ShouldBe("tool_calls");
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"x"}}, 7]}""")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[null]}}]}""")]
    public void What_is_not_a_choice_is_a_typed_error(string body) =>
        Should.Throw<JsonException>(() => ChatCompletionEvents.FromCompletion(Parse(body), includeUsage: true));

    [Property]
    public void Any_text_arrives_as_it_was(NonNull<string> text)
    {
        // Lone surrogates are no text; the writer replaces them before the stream is made.
        var answer = Answer(text.Get);
        var events = Read(ChatCompletionEvents.FromCompletion(answer, includeUsage: true));
        string.Concat(events.SelectMany(e => e["choices"]!.AsArray()).Select(c => c!["delta"]!["content"]?.GetValue<string>())).ShouldBe(answer.Text);
    }

    private static ChatCompletion Answer(string text) => ChatCompletionWriter.FromText("chatcmpl-1", "calculator", Created, text, new TokenUsage(3, 4));

    private static ChatCompletion Parse(string json) => ChatCompletion.Parse(Encoding.UTF8.GetBytes(json));

    private static JsonNode Choice(JsonObject chunk) => chunk["choices"]!.AsArray().Single()!;

    private static List<JsonObject> Read(ReplyChunk chunk)
    {
        var text = Encoding.UTF8.GetString(chunk.Events.Span);
        text.ShouldEndWith("\n\n");
        text.ShouldNotContain("[DONE]");
        return text[..^2].Split("\n\n").Select(line =>
        {
            line.ShouldStartWith("data: ");
            line.ShouldNotContain("\n");
            return JsonNode.Parse(line["data: ".Length..])!.AsObject();
        }).ToList();
    }
}
