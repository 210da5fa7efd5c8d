using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Tests.Conducting.Complexity;

public sealed class ToolDialogueTests
{
    private static readonly ExpertDescriptor Handy = Scene.Chat("handy", 1m, "chat tools");
    private readonly ComplexityConductor _conductor = new(new ComplexityOptions(), Scene.ReadExpression, TimeProvider.System);

    [Fact]
    public async Task Tools_are_offered_for_hard_mathematics_to_an_expert_that_declares_them()
    {
        var ask = await First(Scene.Of(Scene.HardMath, Handy, Scene.Calculator(), Scene.Search()));

        var names = JsonDocument.Parse(ask.Edits.Tools!).RootElement.EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString());
        names.ShouldBe(["calculate", "search"]);
        ask.Judged.ShouldBeTrue();
    }

    [Fact]
    public async Task Tools_are_not_offered_for_easy_queries_other_work_or_experts_without_the_skill()
    {
        (await First(Scene.Of(Scene.Easy, Handy, Scene.Calculator()))).Edits.Tools.ShouldBeNull();
        (await First(Scene.Of(Scene.Hard, Handy, Scene.Calculator()))).Edits.Tools.ShouldBeNull();
        (await First(Scene.Of(Scene.HardMath, Scene.Chat("plain", 1m), Scene.Calculator()))).Edits.Tools.ShouldBeNull();
        (await First(Scene.Of(Scene.HardMath, Handy, Scene.Calculator()) with { TurnsLeft = 2 })).Edits.Tools.ShouldBeNull();
    }

    [Fact]
    public async Task The_expert_gets_its_results_and_answers()
    {
        var situation = Scene.Of(Scene.HardMath, Handy, Scene.Calculator(), Scene.Search());
        var ask = await First(situation);
        situation = situation.Then(ask, Scene.Completion("Let me see.", "tool_calls", new ToolCall("x", "calculate", """{"expression":"2*3"}"""), new ToolCall("x", "search", "not json")));

        var calls = (await Decide(situation)).Moves.Cast<Move.CallTool>().ToList();
        calls.Select(call => (call.Tool, call.Arguments)).ShouldBe([("calculator", """{"expression":"2*3"}"""), ("docs", "not json")]);
        calls.Select(call => call.ToolCallId).Distinct().Count().ShouldBe(2);

        // Both run in one pass, and come back in any order.
        situation = situation.Failed(calls[1], ErrorCode.InvalidRequest).Then(calls[0], "6 \"exactly\"\n") with { TurnsLeft = 4 };
        var next = (Move.Delegate)(await Decide(situation)).Moves.Single();

        next.Expert.ShouldBe("handy");
        var messages = next.Edits.AppendMessages.Select(message => JsonDocument.Parse(message).RootElement).ToList();
        messages.Select(message => message.GetProperty("role").GetString()).ShouldBe(["assistant", "tool", "tool"]);
        messages[0].GetProperty("tool_calls").EnumerateArray().Select(call => call.GetProperty("id").GetString()).ShouldBe(calls.Select(call => call.ToolCallId));
        messages[1].GetProperty("content").GetString().ShouldBe("6 \"exactly\"\n");
        messages[2].GetProperty("content").GetString().ShouldBe("Error: docs says no");
        foreach (var call in messages[0].GetProperty("tool_calls").EnumerateArray())
            JsonDocument.Parse(call.GetProperty("function").GetProperty("arguments").GetString()!).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);

        (await Decide(situation.Then(next, "The answer is 6."))).Moves.ShouldBe([new Move.Finish(3)]);
    }

    [Fact]
    public async Task A_tool_that_does_not_exist_brings_the_expert_an_error_to_learn_from()
    {
        var situation = Scene.Of(Scene.HardMath, Handy, Scene.Calculator());
        situation = situation.Then(await First(situation), Scene.Completion("", "tool_calls", new ToolCall("c1", "rm_rf", "{}")));

        var next = (Move.Delegate)(await Decide(situation)).Moves.Single();

        next.Edits.AppendMessages[1].ShouldContain("there is no tool of that name");
        next.Edits.AppendMessages[1].ShouldContain("calculate");
    }

    [Fact]
    public async Task A_flood_of_calls_is_cut_to_the_allowed_number()
    {
        var situation = Scene.Of(Scene.HardMath, Handy, Scene.Calculator());
        var flood = Enumerable.Range(0, 500).Select(i => new ToolCall($"c{i}", "calculate", "{}")).ToArray();
        situation = situation.Then(await First(situation), Scene.Completion("", "tool_calls", flood));

        (await Decide(situation)).Moves.Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_last_turn_is_kept_for_an_answer_without_tools()
    {
        var situation = Scene.Of(Scene.HardMath, Handy, Scene.Calculator()) with { TurnsLeft = 4 };
        var ask = await First(situation);
        situation = situation.Then(ask, Scene.Completion("", "tool_calls", new ToolCall("c", "calculate", "{}")));
        situation = situation.Then((await Decide(situation)).Moves.Single(), "6");

        var last = (Move.Delegate)(await Decide(situation)).Moves.Single();

        last.Edits.Tools.ShouldBeNull();
        last.Edits.AppendMessages.Count.ShouldBe(2);
        last.Judged.ShouldBeFalse();
    }

    [Fact]
    public async Task An_expert_that_only_ever_asks_for_tools_gives_way_to_the_next()
    {
        var situation = Scene.Of(Scene.HardMath, Handy, Scene.Chat("large", 10m), Scene.Calculator()) with { TurnsLeft = 40 };
        var experts = new List<string>();
        while (situation.TurnsLeft > 20)
        {
            var move = (await Decide(situation)).Moves.Single();
            if (move is Move.Delegate ask)
                experts.Add(ask.Expert);
            if (move is Move.Delegate { Expert: "large" })
                break;
            situation = move is Move.CallTool ? situation.Then(move, "6") : situation.Then(move, Scene.Completion("", "tool_calls", new ToolCall("c", "calculate", "{}")));
        }

        experts.ShouldBe(["handy", "handy", "handy", "handy", "large"]);
    }

    [Fact]
    public void Two_tools_with_one_function_name_are_told_apart()
    {
        var offer = new ToolOffer([Scene.Search("a"), Scene.Search("b")]);

        offer.Functions.ShouldBe(["search", "search_2"]);
        offer.Find("search_2")!.Name.ShouldBe("b");
    }

    private async Task<Decision> Decide(Situation situation) => await _conductor.DecideAsync(situation, default);

    private async Task<Move.Delegate> First(Situation situation) => (await Decide(situation)).Moves.ShouldHaveSingleItem().ShouldBeOfType<Move.Delegate>();
}
