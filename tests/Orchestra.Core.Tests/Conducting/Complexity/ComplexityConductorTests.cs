using System.Text.Json;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Tests.Conducting.Complexity;

public sealed class ComplexityConductorTests
{
    private static readonly ExpertDescriptor Small = Scene.Chat("small", 0.24m);
    private static readonly ExpertDescriptor Middle = Scene.Chat("middle", 1m);
    private static readonly ExpertDescriptor Large = Scene.Chat("large", 10m);

    [Fact]
    public async Task An_easy_query_takes_the_fast_path_to_the_cheapest_expert()
    {
        var decision = await Decide(Scene.Of(Scene.Easy, Large, Small));

        var ask = decision.Moves.ShouldHaveSingleItem().ShouldBeOfType<Move.Delegate>();
        ask.ShouldBe(new Move.Delegate("small", ask.Edits, Purpose.Answer, Judged: false));
        ask.Edits.AppendMessages.ShouldBeEmpty();
        ask.Edits.Tools.ShouldBeNull();
        decision.Assessment.ShouldNotBeNull().Task.ShouldBe(TaskType.Lookup);
        decision.Reason.ShouldContain("small");
    }

    [Fact]
    public async Task An_easy_query_goes_on_to_the_next_expert_when_one_fails()
    {
        var situation = Scene.Of(Scene.Easy, Large, Small);

        situation = situation.Failed(await Move(situation), ErrorCode.UpstreamFailed);

        (await Move(situation)).ShouldBeOfType<Move.Delegate>().Expert.ShouldBe("large");
    }

    [Fact]
    public async Task When_every_expert_failed_the_refusal_carries_the_last_error_and_names_the_expert()
    {
        var situation = Scene.Of(Scene.Easy, Large, Small);
        situation = situation.Failed(await Move(situation), ErrorCode.UpstreamFailed);
        situation = situation.Failed(await Move(situation), ErrorCode.UpstreamTimeout);

        var refusal = (await Move(situation)).ShouldBeOfType<Move.Refuse>();

        refusal.Code.ShouldBe(ErrorCode.UpstreamTimeout);
        refusal.Reason.ShouldContain("'large'");
    }

    [Fact]
    public async Task A_hard_query_is_verified_and_a_rejected_answer_goes_to_the_next_expert_with_the_reason()
    {
        var situation = Scene.Of(Scene.Hard, Large, Small, Middle);

        var first = (await Move(situation)).ShouldBeOfType<Move.Delegate>();
        first.Expert.ShouldBe("small");
        first.Judged.ShouldBeTrue();
        situation = situation.Then(first, "SECRET-REJECTED-TEXT");
        (await Move(situation)).ShouldBe(new Move.Verify(0));
        situation = situation.Judged(0, accepted: false, reason: "The sum in line 2 is wrong.");

        var second = (await Move(situation)).ShouldBeOfType<Move.Delegate>();
        second.Expert.ShouldBe("middle");
        var note = second.Edits.AppendMessages.ShouldHaveSingleItem();
        JsonDocument.Parse(note).RootElement.GetProperty("content").GetString()!.ShouldContain("The sum in line 2 is wrong.");
        note.ShouldNotContain("SECRET-REJECTED-TEXT");

        situation = situation.Then(second, "a better proof");
        (await Move(situation)).ShouldBe(new Move.Verify(1));
        (await Move(situation.Judged(1, accepted: true))).ShouldBe(new Move.Finish(1));
    }

    [Fact]
    public async Task Near_the_end_of_a_budget_a_hard_query_takes_the_cheapest_expert_and_no_cascade()
    {
        var situation = Scene.Of(Scene.Hard, Large, Small) with { Budget = new BudgetUsage(BudgetScope.Team("blue"), BudgetWindow.Monthly, new Money(1), 0.99) };

        var decision = await Decide(situation);

        var ask = decision.Moves.ShouldHaveSingleItem().ShouldBeOfType<Move.Delegate>();
        (ask.Expert, ask.Judged).ShouldBe(("small", false));
        decision.Reason.ShouldContain("team's monthly budget");
    }

    [Fact]
    public async Task An_accepted_first_answer_ends_the_cascade()
    {
        var situation = Scene.Of(Scene.Hard, Large, Small);
        situation = situation.Then(await Move(situation), "proof").Judged(0, accepted: true);

        (await Move(situation)).ShouldBe(new Move.Finish(0));
    }

    [Fact]
    public async Task A_hard_query_with_a_single_expert_streams_straight_through() =>
        (await Move(Scene.Of(Scene.Hard, Small))).ShouldBeOfType<Move.Delegate>().Judged.ShouldBeFalse();

    [Fact]
    public async Task On_the_last_turn_the_next_expert_streams_straight_through()
    {
        var situation = Scene.Of(Scene.Hard, Large, Small) with { TurnsLeft = 3 };
        situation = situation.Then(await Move(situation), "proof").Judged(0, accepted: false);

        situation.TurnsLeft.ShouldBe(1);
        var ask = (await Move(situation)).ShouldBeOfType<Move.Delegate>();
        (ask.Expert, ask.Judged).ShouldBe(("large", false));
    }

    [Fact]
    public async Task Near_the_deadline_it_finishes_with_what_there_is()
    {
        var situation = Scene.Of(Scene.Hard, Large, Small);
        situation = situation.Then(await Move(situation), "proof") with { TimeLeft = TimeSpan.FromSeconds(1) };

        (await Move(situation)).ShouldBe(new Move.Finish(0));
        (await Move(situation.Judged(0, accepted: false))).ShouldBe(new Move.Finish(0));
    }

    [Fact]
    public async Task A_spent_budget_ends_the_cascade_with_the_best_answer_so_far()
    {
        var situation = Scene.Of(Scene.Hard, Large, Middle, Small);
        situation = situation.Then(await Move(situation), "proof").Judged(0, accepted: false);
        situation = situation.Failed(await Move(situation), ErrorCode.InsufficientQuota);

        (await Move(situation)).ShouldBe(new Move.Finish(0));
    }

    [Fact]
    public async Task A_spent_budget_before_any_answer_is_told_to_the_client()
    {
        var situation = Scene.Of(Scene.Easy, Large, Small);
        situation = situation.Failed(await Move(situation), ErrorCode.InsufficientQuota);

        (await Move(situation)).ShouldBeOfType<Move.Refuse>().Code.ShouldBe(ErrorCode.InsufficientQuota);
    }

    [Fact]
    public async Task When_all_answers_are_rejected_the_least_sure_rejection_wins()
    {
        var situation = Scene.Of(Scene.Hard, Large, Small);
        situation = situation.Then(await Move(situation), "first").Judged(0, accepted: false, confidence: 0.5);
        situation = situation.Then(await Move(situation), "second").Judged(1, accepted: false, confidence: 0.99);

        (await Move(situation)).ShouldBe(new Move.Finish(0));
    }

    [Fact]
    public async Task Tool_calls_of_the_clients_own_go_to_the_client_unverified()
    {
        var situation = Scene.Of(Scene.Hard, Large, Small) with { Request = Scene.Request(Scene.Hard, ""","tools":[{"type":"function","function":{"name":"lookup"}}]""") };
        situation = situation.Then(await Move(situation), Scene.Completion("", "tool_calls", new ToolCall("c", "lookup", "{}")));

        (await Move(situation)).ShouldBe(new Move.Finish(0));
    }

    [Theory]
    [InlineData("math", "chat", "small")]
    [InlineData("", "", "small")]
    [InlineData("chat", "math", "large")]
    [InlineData("code", "chat", "large")]
    [InlineData("code", "math chat", "large")]
    public async Task A_specialist_of_the_task_goes_before_generalists(string smallSkills, string largeSkills, string expected)
    {
        const string math = "Tom has 3 boxes with 12 pencils each. How many pencils does he have altogether?";
        var situation = Scene.Of(math, Scene.Chat("small", 0.24m, smallSkills), Scene.Chat("large", 10m, largeSkills));

        (await Move(situation)).ShouldBeOfType<Move.Delegate>().Expert.ShouldBe(expected);
    }

    [Fact]
    public async Task A_cheaper_generalist_steps_in_when_the_specialists_fail()
    {
        var situation = Scene.Of("Tom has 3 boxes with 12 pencils each. How many pencils has he?", Small, Scene.Chat("maths", 5m, "math"));
        situation = situation.Failed(await Move(situation), ErrorCode.UpstreamFailed);

        situation.Observations[0].Expert.ShouldBe("maths");
        (await Move(situation)).ShouldBeOfType<Move.Delegate>().Expert.ShouldBe("small");
    }

    [Fact]
    public async Task Media_go_only_to_experts_with_vision()
    {
        const string image = """{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},""";
        var request = Scene.Request("What is in this picture?", before: image);

        var seeing = await Move(new Situation { Request = request, Catalogue = [Small, Scene.Chat("eyes", 3m, "chat vision")] });
        var blind = await Move(new Situation { Request = request, Catalogue = [Scene.Chat("blind", 1m, "chat")] });

        seeing.ShouldBeOfType<Move.Delegate>().Expert.ShouldBe("eyes");
        var refusal = blind.ShouldBeOfType<Move.Refuse>();
        refusal.Code.ShouldBe(ErrorCode.NoExpert);
        refusal.Reason.ShouldContain("vision");
    }

    [Fact]
    public async Task Client_tools_go_to_experts_that_declare_tools_and_to_any_where_none_does()
    {
        var request = Scene.Request(Scene.Easy, ""","tools":[{"type":"function","function":{"name":"lookup"}}]""");
        var plain = Scene.Chat("plain", 0.1m, "chat");

        (await Move(new Situation { Request = request, Catalogue = [plain, Scene.Chat("handy", 3m, "chat tools")] })).ShouldBeOfType<Move.Delegate>().Expert.ShouldBe("handy");
        (await Move(new Situation { Request = request, Catalogue = [plain] })).ShouldBeOfType<Move.Delegate>().Expert.ShouldBe("plain");
    }

    [Fact]
    public async Task A_prompt_over_every_context_window_is_refused_with_the_numbers()
    {
        var refusal = (await Move(Scene.Of(new string('a', 40_000), Scene.Chat("tiny", 1m, window: 4_096)))).ShouldBeOfType<Move.Refuse>();

        refusal.Code.ShouldBe(ErrorCode.ContextLengthExceeded);
        refusal.Reason.ShouldContain("10000");
        refusal.Reason.ShouldContain("4096");
        refusal.Reason.ShouldContain("'tiny'");
    }

    [Fact]
    public async Task An_expert_whose_window_is_too_small_is_passed_over() =>
        (await Move(Scene.Of(new string('a', 40_000), Scene.Chat("tiny", 0.1m, window: 4_096), Large))).ShouldBeOfType<Move.Delegate>().Expert.ShouldBe("large");

    [Fact]
    public async Task With_no_chat_expert_the_refusal_names_the_catalogue_and_what_to_configure()
    {
        var refusal = (await Move(Scene.Of("Write a poem about the sea", Scene.Calculator(), Scene.Search()))).ShouldBeOfType<Move.Refuse>();

        refusal.Code.ShouldBe(ErrorCode.NoExpert);
        foreach (var part in new[] { "'calculator'", "'docs'", "OPENAI_API_KEY", "Ollama", "Orchestra:Experts", "orchestra.json" })
            refusal.Reason.ShouldContain(part);
    }

    [Fact]
    public async Task With_no_chat_expert_a_query_for_a_fact_is_searched()
    {
        var situation = Scene.Of(Scene.Easy, Scene.Search());
        var call = (await Move(situation)).ShouldBeOfType<Move.CallTool>();

        call.ShouldBe(new Move.CallTool("docs", Scene.Easy));
        (await Move(situation.Then(call, "Paris, says docs/cities.md"))).ShouldBe(new Move.Finish(0));
        (await Move(situation.Failed(call, ErrorCode.UpstreamFailed))).ShouldBeOfType<Move.Refuse>().Reason.ShouldContain("docs says no");
    }

    [Fact]
    public async Task Search_first_puts_the_passages_into_the_request()
    {
        var conductor = Conductor(new ComplexityOptions { SearchFirst = true });
        var situation = Scene.Of(Scene.Easy, Scene.Search(), Small);
        var call = (await Move(situation, conductor)).ShouldBeOfType<Move.CallTool>();

        var ask = (await Move(situation.Then(call, "Paris \"is\" the capital (docs/cities.md)"), conductor)).ShouldBeOfType<Move.Delegate>();

        var message = JsonDocument.Parse(ask.Edits.AppendMessages.ShouldHaveSingleItem()).RootElement;
        message.GetProperty("role").GetString().ShouldBe("system");
        message.GetProperty("content").GetString()!.ShouldContain("Paris \"is\" the capital (docs/cities.md)");
    }

    [Fact]
    public async Task Pure_arithmetic_goes_to_the_calculator_and_its_answer_to_the_client()
    {
        var situation = Scene.Of("What is 12.5% of 3/7?", Scene.Calculator(), Small);
        var call = (await Move(situation)).ShouldBeOfType<Move.CallTool>();

        call.ShouldBe(new Move.CallTool("calculator", "12.5% of 3/7"));
        (await Move(situation.Then(call, "3/56"))).ShouldBe(new Move.Finish(0));
    }

    [Fact]
    public async Task A_calculator_that_fails_leaves_the_query_to_the_experts()
    {
        var situation = Scene.Of("What is 5 / (3 - 3)?", Scene.Calculator(), Small);
        situation = situation.Failed(await Move(situation), ErrorCode.InvalidRequest);

        (await Move(situation)).ShouldBeOfType<Move.Delegate>().Expert.ShouldBe("small");
    }

    [Theory]
    [InlineData(""","tools":[{"type":"function","function":{"name":"f"}}]""", "")]
    [InlineData(""","response_format":{"type":"json_object"}""", "")]
    [InlineData(""","n":2""", "")]
    [InlineData("", """{"role":"user","content":"hello"},{"role":"assistant","content":"hi"},""")]
    public async Task The_calculator_is_not_asked_where_the_client_wants_more_than_a_number(string more, string before)
    {
        var situation = Scene.Of("", Scene.Calculator(), Small) with { Request = Scene.Request("1+1", more, before) };

        (await Move(situation)).ShouldBeOfType<Move.Delegate>();
    }

    [Fact]
    public async Task An_expert_that_refuses_what_was_added_gets_the_clients_own_request()
    {
        var situation = Scene.Of(Scene.Hard, Large, Small);
        situation = situation.Then(await Move(situation), "proof").Judged(0, accepted: false);
        situation = situation.Failed(await Move(situation), ErrorCode.InvalidRequest);

        var again = (await Move(situation)).ShouldBeOfType<Move.Delegate>();
        (again.Expert, again.Edits).ShouldBe(("large", RequestEdits.None));
        (await Move(situation.Failed(again, ErrorCode.InvalidRequest))).ShouldBe(new Move.Finish(0));
    }

    [Fact]
    public async Task Several_choices_are_never_judged()
    {
        var situation = Scene.Of("", Large, Small) with { Request = Scene.Request(Scene.Hard, ""","n":3""") };

        (await Move(situation)).ShouldBeOfType<Move.Delegate>().Judged.ShouldBeFalse();
    }

    private static ComplexityConductor Conductor(ComplexityOptions? options = null) =>
        new(options ?? new ComplexityOptions(), Scene.ReadExpression, TimeProvider.System);

    private static async Task<Decision> Decide(Situation situation, ComplexityConductor? conductor = null) =>
        await (conductor ?? Conductor()).DecideAsync(situation, default);

    private static async Task<Move> Move(Situation situation, ComplexityConductor? conductor = null) =>
        (await Decide(situation, conductor)).Moves.ShouldHaveSingleItem();
}
