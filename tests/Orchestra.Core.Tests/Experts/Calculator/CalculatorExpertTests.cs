using System.Text;
using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.Calculator;

namespace Orchestra.Core.Tests.Experts.Calculator;

public sealed class CalculatorExpertTests
{
    private readonly CalculatorExpert _expert = new("calc", TimeProvider.System, IdGenerator.Default);

    [Theory]
    [InlineData("""{"expression": "12.5% of 3/7"}""", "3/56 (≈ 0.0535714285714)")]
    [InlineData("""  {"expression": "what is two plus two?", "note": 1} """, "4")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("3-0-3", "0")]
    [InlineData("1/3", "1/3 (≈ 0.333333333333)")]
    public async Task Arguments_are_json_or_a_bare_expression(string arguments, string answer)
    {
        var reply = await _expert.AskAsync(Call("Ignore me", arguments), CancellationToken.None);
        reply.Completion.Text.ShouldBe(answer);
        reply.Usage.ShouldBe(new TokenUsage(0, 0));
        reply.Completion.Usage.ShouldBe(new TokenUsage(0, 0));
        reply.Completion.FinishReason.ShouldBe("stop");
        using var body = JsonDocument.Parse(reply.Completion.Body);
        body.RootElement.GetProperty("id").GetString()!.ShouldStartWith("chatcmpl-");
        body.RootElement.GetProperty("model").GetString().ShouldBe("calc");
    }

    [Theory]
    [InlineData("What is 12.5% of 3/7?", "3/56 (≈ 0.0535714285714)")]
    [InlineData("2^0.5 * 2^0.5", "≈ 2")]
    [InlineData("42", "42")]
    public async Task Without_arguments_the_last_user_message_is_worked_out(string question, string answer) =>
        (await _expert.AskAsync(Call(question), CancellationToken.None)).Completion.Text.ShouldBe(answer);

    [Theory]
    [InlineData("Tell me a joke", null)]
    [InlineData("1/0", null)]
    [InlineData("x", "{broken")]
    [InlineData("x", "{}")]
    [InlineData("x", """{"expression": 5}""")]
    [InlineData("x", """{"expression": "\ud800"}""")]
    [InlineData("x", """{"expression": "9^9^9^9"}""")]
    [InlineData("", null)]
    public async Task What_cannot_be_worked_out_is_the_experts_typed_error(string question, string? arguments)
    {
        var asked = await Should.ThrowAsync<ExpertException>(() => _expert.AskAsync(Call(question, arguments), CancellationToken.None));
        asked.Expert.ShouldBe("calc");
        asked.Code.ShouldBe(ErrorCode.InvalidRequest);
        asked.Status.ShouldBe(400);
        asked.MayHaveCharged.ShouldBeFalse();
        await Should.ThrowAsync<ExpertException>(async () => await ReadAsync(Call(question, arguments)));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public async Task A_stream_gives_the_same_answer(bool includeUsage, int events)
    {
        var body = $$"""{"model":"calc","stream":true,"stream_options":{"include_usage":{{(includeUsage ? "true" : "false")}}},"messages":[{"role":"user","content":"What is 7 x 8?"}]}""";
        var call = new ExpertCall("call_1", ChatRequestReader.Read(Encoding.UTF8.GetBytes(body)), RequestEdits.None);
        var chunk = (await ReadAsync(call)).ShouldHaveSingleItem();
        var lines = Encoding.UTF8.GetString(chunk.Events.Span).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(events);
        using var first = JsonDocument.Parse(lines[0]["data: ".Length..]);
        first.RootElement.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString().ShouldBe("56");
        chunk.FinishReason.ShouldBe("stop");
        chunk.Usage.ShouldBe(new TokenUsage(0, 0));
    }

    [Fact]
    public async Task A_cancelled_call_is_not_answered()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => _expert.AskAsync(Call("1+1"), cancelled.Token));
    }

    [Fact]
    public void It_is_described_as_a_free_tool_named_as_in_the_catalogue()
    {
        var descriptor = _expert.Descriptor;
        descriptor.Name.ShouldBe("calc");
        descriptor.Kind.ShouldBe("calculator");
        descriptor.Price.IsFree.ShouldBeTrue();
        descriptor.Skills.ShouldContain("math");
        descriptor.IsChat.ShouldBeFalse();
        descriptor.Tool!.Name.ShouldBe("calc");
        using var schema = JsonDocument.Parse(descriptor.Tool.ParametersSchema);
        schema.RootElement.GetProperty("properties").GetProperty(descriptor.Tool.MainParameter).GetProperty("type").GetString().ShouldBe("string");
    }

    private static ExpertCall Call(string question, string? arguments = null) =>
        new("call_1", ChatRequest.FromText("calc", question), RequestEdits.None, arguments);

    private async Task<List<ReplyChunk>> ReadAsync(ExpertCall call)
    {
        var chunks = new List<ReplyChunk>();
        await foreach (var chunk in _expert.StreamAsync(call, CancellationToken.None))
            chunks.Add(chunk);
        return chunks;
    }
}
