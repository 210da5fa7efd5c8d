using System.Text.Json.Nodes;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using static Orchestra.Core.Tests.Conversations.ScriptedExpert;

namespace Orchestra.Core.Tests.Conversations;

/// <summary>Whole answers hold a slice of their output instead of all that they may cost.</summary>
public sealed class WholeAnswerTests : IAsyncDisposable
{
    private readonly ConversationBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Calls_side_by_side_hold_a_slice_each_and_not_their_worst_case()
    {
        // Each may cost more than a tenth of a cent; the budget covers less than two such calls.
        await _bench.LimitAsync("0.0018");
        var expert = new ScriptedExpert("small", DollarAMillion, Act.Hang);
        _bench.With(expert);
        using var clients = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 5).Select(_ => _bench.AskAsync("small", ct: clients.Token)).ToList();
        await Eventually.TrueAsync(() => expert.Calls.Count == 5);
        var held = (await _bench.StateAsync()).Reserved;
        held.ShouldBeLessThan(new Money(1_800_000));
        held.ShouldBeGreaterThan(new Money(5 * 256_000));
        await clients.CancelAsync();
        foreach (var call in asking)
            await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await _bench.StateAsync()).Reserved.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task An_answer_longer_than_a_slice_is_whole_and_paid_exactly()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion);
        var answer = await _bench.With(expert).AskAsync("small", slice: 16);
        expert.Streamed.ShouldBe(1);
        answer.Cost.ShouldBe(new Money(110_000));
        var completion = ChatCompletion.Parse(answer.Body);
        completion.Text.ShouldBe("answer of small");
        completion.FinishReason.ShouldBe("stop");
        var state = await _bench.StateAsync();
        state.Spent.ShouldBe(answer.Cost);
        state.Version.ShouldBeGreaterThan(5, "The reservation grew.");
    }

    [Fact]
    public async Task What_fits_into_one_slice_is_asked_as_a_whole_and_passed_on_as_it_came()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion);
        var answer = await _bench.With(expert).AskAsync("small", maxTokens: 256);
        expert.Streamed.ShouldBe(0);
        ChatCompletion.Parse(answer.Body).Text.ShouldBe("answer of small");
    }

    [Fact]
    public async Task What_no_stream_can_answer_holds_its_worst_case()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion, Act.Hang) { Streams = false };
        using var client = new CancellationTokenSource();
        var asking = _bench.With(expert).AskAsync("small", ct: client.Token);
        await Eventually.TrueAsync(() => expert.Calls.Count == 1);
        expert.Streamed.ShouldBe(0);
        (await _bench.StateAsync()).Reserved.ShouldBeGreaterThan(new Money(1_000_000));
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_refused_slice_ends_the_answer_with_what_there_is()
    {
        await _bench.LimitAsync("0.00008");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion)).AskAsync("small", slice: 16);
        var body = JsonNode.Parse(answer.Body.Span)!;
        ((string)body["choices"]![0]!["finish_reason"]!).ShouldBe("length");
        ((string)body["orchestra"]!["reason"]!).ShouldBe("insufficient_quota");
        ((string)body["choices"]![0]!["message"]!["content"]!).ShouldBe("answer of small");
        ((int)body["usage"]!["completion_tokens"]!).ShouldBeInRange(16, 80);
        var state = await _bench.StateAsync();
        state.Spent.ShouldBe(answer.Cost);
        state.Spent.ShouldBeLessThanOrEqualTo(new Money(80_000));
        state.Reserved.ShouldBe(Money.Zero);
        _bench.Trajectories[^1].Steps[^1].Error.ShouldBe("insufficient_quota");
    }

    [Theory]
    [InlineData(Act.BreakMidway, "upstream_failed")]
    [InlineData(Act.CrashMidway, "internal_error")]
    public async Task An_answer_that_breaks_midway_is_an_error_and_paid_as_far_as_it_came(Act act, string code)
    {
        await _bench.LimitAsync("1");
        await Should.ThrowAsync<Exception>(() => _bench.With(new ScriptedExpert("small", DollarAMillion, act)).AskAsync("small"));
        var trajectory = _bench.Trajectories.ShouldHaveSingleItem();
        trajectory.Outcome.ShouldBe(code);
        var state = await _bench.StateAsync();
        state.Spent.ShouldBe(trajectory.Cost);
        state.Spent.ShouldBeInRange(new Money(50_000), new Money(100_000));
        state.Reserved.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_deadline_ends_the_answer_with_what_there_is()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion, Act.HangMidway);
        var asking = _bench.With(expert).AskAsync("small");
        await Eventually.TrueAsync(() => expert.Hanging);
        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        var answer = await asking;
        ((string)JsonNode.Parse(answer.Body.Span)!["orchestra"]!["reason"]!).ShouldBe("deadline");
        ChatCompletion.Parse(answer.Body).FinishReason.ShouldBe("length");
        (await _bench.StateAsync()).Spent.ShouldBe(answer.Cost);
    }

    [Fact]
    public async Task A_client_that_leaves_midway_pays_for_what_had_come()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion, Act.HangMidway);
        using var client = new CancellationTokenSource();
        var asking = _bench.With(expert).AskAsync("small", ct: client.Token);
        await Eventually.TrueAsync(() => expert.Hanging);
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        var state = await _bench.StateAsync();
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBeInRange(new Money(50_000), new Money(100_000));
        _bench.Trajectories[^1].Cost.ShouldBe(state.Spent);
    }

    [Fact]
    public async Task A_judged_answer_is_replayed_to_a_client_that_streams()
    {
        await _bench.LimitAsync("1");
        var judged = new ScriptedConductor(situation => situation.Observations.Count == 0
            ? new Decision(new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: true), "Ask.")
            : new Decision(new Move.Finish(0), "Enough."));
        var expert = new ScriptedExpert("small", DollarAMillion);
        var answer = await _bench.With(expert).Conducted(judged).AskAsync("orchestra", stream: true);
        var text = string.Empty;
        await foreach (var chunk in answer.Stream!)
            text += System.Text.Encoding.UTF8.GetString(chunk.Events.Span);
        text.ShouldContain("answer of small");
        expert.Streamed.ShouldBe(1);
    }

    [Fact]
    public async Task A_whole_answer_counts_more_than_one_that_was_cut_short()
    {
        await _bench.LimitAsync("0.00019");
        var restless = new ScriptedConductor(_ => new Decision(new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: true), "Once more."));
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion)).Conducted(restless).AskAsync("orchestra", slice: 16);
        _bench.Trajectories[^1].Steps.ShouldContain(step => step.Error == "insufficient_quota");
        ChatCompletion.Parse(answer.Body).FinishReason.ShouldBe("stop");
    }
}
