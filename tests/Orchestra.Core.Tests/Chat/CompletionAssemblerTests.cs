using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Tests.Chat;

public sealed class CompletionAssemblerTests
{
    private const string Head = """ "id":"c1","object":"chat.completion","created":7,"model":"m","system_fingerprint":"fp","service_tier":"default" """;
    private const string Usage = """ "usage":{"prompt_tokens":5,"completion_tokens":9,"total_tokens":14,"completion_tokens_details":{"reasoning_tokens":3}}""";

    private static readonly string[] Runes = ["a", "B", " ", "\n", "\"", "\\", "{", "]", "é", "中", "😀", "\0", "\u2028", "</", "1"];

    [Theory]
    [InlineData("""{"index":0,"message":{"role":"assistant","content":"Hello, you. \u00e9 \ud83d\ude00 añ😀"},"logprobs":null,"finish_reason":"stop"}""")]
    [InlineData("""{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},"finish_reason":"tool_calls"}""")]
    [InlineData("""{"index":0,"message":{"role":"assistant","content":"Both: ","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"g","arguments":"[1,2,\"x\"]"}}]},"finish_reason":"tool_calls"}""")]
    [InlineData("""{"index":0,"message":{"role":"assistant","content":null,"refusal":"I will not do that."},"finish_reason":"stop"}""")]
    [InlineData("""{"index":0,"message":{"role":"assistant","content":"42","reasoning_content":"Let me think about it.","mystery":{"deep":"text","n":2}},"finish_reason":"stop","extra":[1,2.50]}""")]
    [InlineData("""{"index":0,"message":{"role":"assistant","content":"ab"},"logprobs":{"content":[{"token":"a","logprob":-0.1,"bytes":[97],"top_logprobs":[]},{"token":"b","logprob":-2.5,"bytes":null,"top_logprobs":[{"token":"c","logprob":-3}]}],"refusal":null},"finish_reason":"length"}""")]
    [InlineData("""{"index":0,"message":{"role":"assistant","content":"one two"},"finish_reason":"stop"},{"index":1,"message":{"role":"assistant","content":"three four five"},"finish_reason":"length"}""")]
    public void A_stream_gives_what_the_whole_reply_gives(string choices)
    {
        for (var seed = 0; seed < 200; seed++)
            AssertSame($$"""{{{Head}},"choices":[{{choices}}],{{Usage}}}""", seed);
    }

    [Property(MaxTest = 200)]
    public void Any_answer_survives_being_cut_at_random(int seed)
    {
        var random = new Random(seed);
        var (text, reasoning) = (Text(random), Text(random));
        var choices = Enumerable.Range(0, random.Next(1, 4)).Select(index => new
        {
            index,
            message = new { role = "assistant", content = text + index + "!", reasoning_content = reasoning, tool_calls = Calls(random, reasoning) },
            finish_reason = "stop",
        });
        var whole = JsonSerializer.SerializeToNode(new { id = "c1", @object = "chat.completion", created = 7, model = "m", choices, mystery = new { a = text } })!;
        AssertSame(whole.ToJsonString(), seed);
    }

    [Fact]
    public void Halves_of_a_character_become_whole()
    {
        var assembler = new CompletionAssembler();
        assembler.Add("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ud83d\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ude00 \"}}]}\n\n"u8);
        var snowman = "☃"u8.ToArray();
        assembler.Add([.. "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""u8, .. snowman[..1], .. "\"}}]}\n\n"u8]);
        assembler.Add([.. "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""u8, .. snowman[1..], .. "\"},\"finish_reason\":\"stop\"}]}\n\n"u8]);
        assembler.Complete().Text.ShouldBe("😀 ☃");
    }

    [Fact]
    public void What_upstreams_repeat_is_taken_once()
    {
        const string again = """data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"{"}}]},"finish_reason":null}]}""";
        var message = Assemble(again, again.Replace("c1", "c2", StringComparison.Ordinal))["choices"]![0]!["message"]!;
        message.ToJsonString().ShouldBe("""{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{{"}}]}""");
    }

    [Fact]
    public void Calls_that_share_an_index_but_not_an_id_stay_apart()
    {
        static string Call(string id, string name) => $$$$"""data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"{{{{id}}}}","type":"function","function":{"name":"{{{{name}}}}","arguments":"{}"}}]}}]}""";
        Assemble(Call("a", "f"), Call("b", "g"))["choices"]![0]!["message"]!["tool_calls"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void Events_are_read_with_comments_and_other_line_ends()
    {
        var assembler = new CompletionAssembler();
        assembler.Add(": ping\r\n\r\nevent: x\r\ndata: {\"choices\":\r\ndata: [{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\r\n\r\n"u8);
        assembler.Complete().Text.ShouldBe("a");
    }

    [Fact]
    public void An_answer_that_was_stopped_says_so_and_where_its_choices_end()
    {
        var assembler = new CompletionAssembler();
        assembler.Add("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"},{\"index\":1,\"delta\":{\"content\":\"b\"}}]}\n\n"u8);
        assembler.Stop("deadline", new TokenUsage(3, 4, Estimated: true));
        var answer = JsonNode.Parse(assembler.Complete().Body.Span)!;
        answer["choices"]!.AsArray().Select(choice => (string)choice!["finish_reason"]!).ShouldBe(["stop", "length"]);
        ((string)answer["orchestra"]!["reason"]!).ShouldBe("deadline");
        ((int)answer["usage"]!["total_tokens"]!).ShouldBe(7);
    }

    [Theory]
    [InlineData("data: 5\n\n")]
    [InlineData("data: {\"choices\":[5]}\n\n")]
    [InlineData("data: {\"choices\":\n\n")]
    [InlineData("data: {\"id\":\"c1\"}\n\n")]
    public void What_makes_no_answer_is_refused(string events)
    {
        var assembler = new CompletionAssembler();
        Should.Throw<JsonException>(() =>
        {
            assembler.Add(Encoding.UTF8.GetBytes(events));
            assembler.Complete();
        });
    }

    [Fact]
    public void An_answer_without_end_is_refused()
    {
        var assembler = new CompletionAssembler();
        var piece = Encoding.UTF8.GetBytes($$$"""data: {"choices":[{"index":0,"delta":{"content":"{{{new string('x', 1 << 20)}}}"}}]}""" + "\n\n");
        Should.Throw<JsonException>(() =>
        {
            for (var sent = 0L; sent <= 2L * CompletionAssembler.MaxBytes; sent += piece.Length)
                assembler.Add(piece);
        });
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Runes[random.Next(Runes.Length)]));

    private static object? Calls(Random random, string text) => random.Next(3) == 0 ? null : Enumerable.Range(0, random.Next(1, 4)).Select(call => new
    {
        id = $"call_{call}",
        type = "function",
        function = new { name = $"tool{call}", arguments = text },
    });

    private static JsonNode Assemble(params string[] events)
    {
        var assembler = new CompletionAssembler();
        assembler.Add(Encoding.UTF8.GetBytes(string.Join("\n\n", events) + "\n\n"));
        return JsonNode.Parse(assembler.Complete().Body.Span)!;
    }

    private static void AssertSame(string whole, int seed)
    {
        var assembler = new CompletionAssembler();
        foreach (var events in CutCompletion.Cut(JsonNode.Parse(whole)!, new Random(seed)))
            assembler.Add(events);
        var assembled = Encoding.UTF8.GetString(assembler.Complete().Body.Span);
        JsonNode.DeepEquals(JsonNode.Parse(assembled), JsonNode.Parse(whole)).ShouldBeTrue($"seed {seed}\n{whole}\n{assembled}");
    }
}
