using System.Text;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Quality;
using Orchestra.Core.Tests.Conducting;

namespace Orchestra.Core.Tests.Quality;

public sealed class VerifiersTests
{
    private static readonly ToolCall Call = new("c", "f", "{}");

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\u200b\u200b")]
    public async Task An_empty_answer_is_rejected(string text)
    {
        (await Verify(text)).ShouldBe((false, "empty"));
        (await Verify("+")).ShouldBe((true, "verifiers"));
    }

    [Fact]
    public async Task An_answer_with_tool_calls_is_never_empty() =>
        (await Verdict(Scene.Of("?"), Answers.Of("", "tool_calls", Call))).Accepted.ShouldBeTrue();

    [Theory]
    [InlineData("I'm sorry, but I can't assist with that request.", false)]
    [InlineData("I’m sorry, I cannot help with that.", false)]
    [InlineData("As an AI language model, I have no opinion.", false)]
    [InlineData("Unfortunately, I am unable to open links.", false)]
    [InlineData("I don't know.", false)]
    [InlineData("Lo siento, pero no puedo ayudar con eso.", false)]
    [InlineData("I cannot see why not: the answer is 4.", true)]
    [InlineData("Sorry for the delay, the answer is 4.", true)]
    [InlineData("The phrase \"I can't help\" is idiomatic.", true)]
    public async Task A_refusal_is_known_by_its_beginning(string text, bool accepted) => (await Verify(text)).Accepted.ShouldBe(accepted);

    [Fact]
    public async Task A_content_filter_and_the_refusal_field_are_refusals()
    {
        var refusal = ChatCompletion.Parse(Encoding.UTF8.GetBytes("""{"choices":[{"message":{"role":"assistant","content":null,"refusal":"No."},"finish_reason":"stop"}]}"""));

        (await Verdict(Scene.Of("?"), Answers.Of(refusal))).Verifier.ShouldBe("refusal");
        (await Verdict(Scene.Of("?"), Answers.Of("Once upon", "content_filter"))).Verifier.ShouldBe("refusal");
    }

    [Theory]
    [InlineData("Here it is:\n```python\nprint(1)\n", false)]
    [InlineData("Here it is:\n```python\nprint(1)\n```\nDone.", true)]
    [InlineData("````md\n```\ninner\n```\n````", true)]
    [InlineData("Use ```x``` inline.", true)]
    [InlineData("```x``` begins this line.", true)]
    [InlineData("{\"name\": \"Anna\", \"tags\": [1, 2", false)]
    [InlineData("{\"name\": \"Anna\"}", true)]
    [InlineData("[0, 1)", true)]
    [InlineData("[1] is the reference.", true)]
    [InlineData("{x | x > 0", true)]
    public async Task An_answer_that_ends_inside_something_is_cut_off(string text, bool accepted) => (await Verify(text)).Accepted.ShouldBe(accepted);

    [Fact]
    public async Task An_answer_at_the_output_limit_is_cut_off_unless_the_client_set_that_limit()
    {
        var expert = Scene.Chat("small", 1m, maxOutput: 100);

        (await Verdict(Scene.Of("?", expert), Answers.Of("Once upon a", "length"))).Verifier.ShouldBe("cut_off");
        (await Verdict(Scene.Of("?", expert) with { Request = Scene.Request("?", ""","max_tokens":50""") }, Answers.Of("Once upon a", "length"))).Accepted.ShouldBeTrue();
        (await Verdict(Scene.Of("?", expert) with { Request = Scene.Request("?", ""","max_tokens":500""") }, Answers.Of("Once upon a", "length"))).Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stop_string_of_the_clients_may_end_an_answer_anywhere() =>
        (await Verdict(Scene.Of("?") with { Request = Scene.Request("?", ""","stop":["```"]""") }, Answers.Of("```python\nprint(1)\n"))).Accepted.ShouldBeTrue();

    [Theory]
    [InlineData("""{"type":"json_object"}""", """{"a":1}""", true)]
    [InlineData("""{"type":"json_object"}""", """[1]""", false)]
    [InlineData("""{"type":"json_object"}""", """{"a":1} and more""", false)]
    [InlineData("""{"type":"json_object"}""", "```json\n{\"a\":1}\n```", false)]
    [InlineData("""{"type":"json_object"}""", "Sure! {\"a\":1}", false)]
    [InlineData("""{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","required":["a","b"]}}}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","required":["a","b"]}}}""", """{"a":1}""", false)]
    [InlineData("""{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"array"}}}""", """[]""", true)]
    [InlineData("""{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"array"}}}""", """{}""", false)]
    [InlineData("""{"type":"json_schema"}""", """{}""", true)]
    public async Task Required_json_is_checked(string format, string answer, bool accepted)
    {
        var situation = Scene.Of("?") with { Request = Scene.Request("?", $",\"response_format\":{format}") };

        (await Verdict(situation, Answers.Of(answer))).Accepted.ShouldBe(accepted);
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task Json_with_half_a_surrogate_is_survived(string answer)
    {
        var situation = Scene.Of("?") with { Request = Scene.Request("?", ""","response_format":{"type":"json_schema","json_schema":{"schema":{"required":["b"]}}}""") };

        (await Verdict(situation, Answers.Of(answer))).Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task The_first_rejection_wins_and_otherwise_the_surest_acceptance()
    {
        var yes = new Fixed(new Verdict(true, 0.9, "yes", "fine"));
        var maybe = new Fixed(new Verdict(true, 0.6, "maybe", "fine"));
        var no = new Fixed(new Verdict(false, 0.3, "no", "bad"));
        var nothing = new Fixed(null);

        (await new Verifiers([nothing, maybe, yes]).VerifyAsync(Scene.Of("?"), Answers.Of("x"), default))!.Verifier.ShouldBe("yes");
        (await new Verifiers([yes, no, new Fixed(new Verdict(false, 1, "later", "worse"))]).VerifyAsync(Scene.Of("?"), Answers.Of("x"), default))!.Verifier.ShouldBe("no");
        (await new Verifiers([nothing]).VerifyAsync(Scene.Of("?"), Answers.Of("x"), default))!.Accepted.ShouldBeTrue();
    }

    private static async Task<(bool Accepted, string Verifier)> Verify(string text)
    {
        var verdict = await Verdict(Scene.Of("?"), Answers.Of(text));
        return (verdict.Accepted, verdict.Verifier);
    }

    private static async Task<Verdict> Verdict(Situation situation, Observation answer) =>
        (await Verifiers.Default.VerifyAsync(situation, answer, default)).ShouldNotBeNull();

    private sealed class Fixed(Verdict? verdict) : IVerifier
    {
        public string Name => "fixed";

        public ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct) => new(verdict);
    }
}
