using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Tests.Chat;

public class ChatCompletionTests
{
    [Fact]
    public void The_facts_of_the_first_choice_are_read()
    {
        const string Json = """
            {"id":"x","usage":{"prompt_tokens":11,"completion_tokens":7,"details":{"completion_tokens":1}},"choices":[
              {"index":0,"logprobs":{"content":[]},"message":{"role":"assistant","content":"Hi \u00e9 \ud83d\ude00","refusal":"No."},"finish_reason":"length"},
              {"index":1,"message":{"content":"other"},"finish_reason":"stop"}]}
            """;

        var completion = Parse(Json);

        completion.Text.ShouldBe("Hi é 😀");
        completion.OutputBytes.ShouldBe("Hi \\u00e9 \\ud83d\\ude00".Length + "other".Length);
        completion.FinishReason.ShouldBe("length");
        completion.Refusal.ShouldBe("No.");
        completion.Usage.ShouldBe(new TokenUsage(11, 7));
        completion.HasToolCalls.ShouldBeFalse();
        completion.ToolCalls.ShouldBeEmpty();
        Encoding.UTF8.GetString(completion.Body.Span).ShouldBe(Json);
    }

    [Fact]
    public void Function_calls_are_read_whatever_their_arguments_are()
    {
        var completion = Parse("""
            {"choices":[{"message":{"content":null,"tool_calls":[
              {"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1"}},
              {"id":null,"function":{"name":"g","arguments":{"b":[2]}}},
              {"function":{}}, {"id":"c4"}, {"function":"h"}, 5]},"finish_reason":"tool_calls"}]}
            """);

        completion.HasToolCalls.ShouldBeTrue();
        completion.Text.ShouldBeEmpty();
        completion.OutputBytes.ShouldBe(completion.RawToolCalls.Length);
        completion.ToolCalls.ShouldBe([new ToolCall("c1", "f", "{\"a\":1"), new ToolCall("", "g", "{\"b\":[2]}"), new ToolCall("", "", "")]);
        Encoding.UTF8.GetString(completion.RawToolCalls.Span).ShouldStartWith("[");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[ \n]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"x\"")]
    public void An_empty_list_of_calls_is_none(string calls)
    {
        var completion = Parse($$$"""{"choices":[{"message":{"content":"x","tool_calls":{{{calls}}}}}]}""");

        completion.HasToolCalls.ShouldBeFalse();
        completion.ToolCalls.ShouldBeEmpty();
        completion.RawToolCalls.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":{}}")]
    [InlineData("{\"choices\":null}")]
    [InlineData("{\"choices\":[1],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}")]
    [InlineData("{\"choices\":[null]}")]
    [InlineData("{\"choices\":[{\"message\":{}},1]}")]
    [InlineData("{\"choices\":[[{}]]}")]
    [InlineData("{\"choices\":[{\"message\":null}]}")]
    [InlineData("{\"choices\":[{\"message\":\"x\"}]}")]
    [InlineData("{\"choices\":[{\"message\":{}}]} trailing")]
    [InlineData("{\"choices\":[{\"message\":{}}]")]
    [InlineData("{\"error\":{\"message\":\"no\"}}")]
    public void What_is_no_completion_is_refused(string json) => Should.Throw<JsonException>(() => Parse(json));

    [Theory]
    [InlineData("{\"choices\":[{}]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":7},\"finish_reason\":{}}]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\"}],\"refusal\":[]},\"finish_reason\":null}],\"usage\":null}")]
    public void What_is_missing_or_strange_is_read_as_nothing(string json)
    {
        var completion = Parse(json);

        completion.Text.ShouldBeEmpty();
        completion.OutputBytes.ShouldBe(0);
        completion.FinishReason.ShouldBeNull();
        completion.Refusal.ShouldBeNull();
        completion.Usage.ShouldBeNull();
    }

    [Fact]
    public void What_is_no_unicode_is_repaired_in_text_calls_and_body()
    {
        byte[] json =
        [
            .. "{\"choices\":[{\"message\":{\"content\":\"cut \\ud83d "u8, 0xF0, 0x9F,
            .. "\",\"refusal\":\"\\udc00\",\"tool_calls\":[{\"id\":\"\\ud800\",\"function\":{\"na\\ud800me\":1,\"name\":\"f\\ud83d\\ude00\"}}]},\"finish_reason\":\"st\\ud800op\"}]}"u8,
        ];

        var completion = ChatCompletion.Parse(json);

        completion.Text.ShouldBe("cut \uFFFD \uFFFD");
        completion.Refusal.ShouldBe("\uFFFD");
        completion.FinishReason.ShouldBe("st\uFFFDop");
        completion.ToolCalls.ShouldBe([new ToolCall("\uFFFD", "f😀", "")]);
        using var document = JsonDocument.Parse(completion.Body);
        document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().ShouldBe("cut \uFFFD \uFFFD");
    }

    [Property(MaxTest = 2000)]
    public void A_damaged_answer_is_read_or_refused_and_nothing_else_happens(int seed)
    {
        var random = new Random(seed);
        var body = Encoding.UTF8.GetBytes("""{"id":"a","choices":[{"index":0,"message":{"content":"x\u00e9","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""");
        for (var changes = random.Next(1, 4); changes > 0; changes--)
            body[random.Next(body.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"\"\\{}[],:u0d8"[random.Next(12)];
        try
        {
            var completion = ChatCompletion.Parse(body);
            completion.Text.ShouldNotBeNull();
            completion.OutputBytes.ShouldBeGreaterThanOrEqualTo(0);
            completion.ToolCalls.Count.ShouldBeLessThanOrEqualTo(1);
        }
        catch (JsonException)
        {
            // Refused.
        }
    }

    [Property(MaxTest = 300)]
    public void A_text_that_is_written_is_read_back(string? text)
    {
        var completion = ChatCompletionWriter.FromText("id", "m", DateTimeOffset.UnixEpoch, text ?? string.Empty, new TokenUsage(3, 4));

        completion.Text.ShouldBe(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? string.Empty)));
        completion.Usage.ShouldBe(new TokenUsage(3, 4));
        completion.FinishReason.ShouldBe("stop");
    }

    private static ChatCompletion Parse(string json) => ChatCompletion.Parse(Encoding.UTF8.GetBytes(json));
}
