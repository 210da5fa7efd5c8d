using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using static Orchestra.Core.Tests.Conversations.ScriptedExpert;

namespace Orchestra.Core.Tests.Conversations;

public sealed class ConversationTests : IAsyncDisposable
{
    private readonly ConversationBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_named_expert_answers_and_is_paid_to_the_nano_dollar()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion);
        var answer = await _bench.With(expert).AskAsync("small");
        answer.Cost.ShouldBe(new Money(110_000));
        answer.Experts.ShouldBe(["small"]);
        ChatCompletion.Parse(answer.Body).Text.ShouldBe("answer of small");
        var state = await _bench.StateAsync();
        state.Spent.ShouldBe(answer.Cost);
        state.Reserved.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task The_output_limit_that_was_paid_for_is_sent_along()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion);
        await _bench.With(expert).AskAsync("small");
        expert.Calls.ShouldHaveSingleItem().Edits.MaxOutputTokens.ShouldBe(1_000);
    }

    [Fact]
    public async Task A_call_asks_for_less_output_where_the_budget_does_not_cover_more()
    {
        await _bench.LimitAsync("0.0003");
        var expert = new ScriptedExpert("small", DollarAMillion) { Streams = false };
        await _bench.With(expert).AskAsync("small");
        expert.Calls.ShouldHaveSingleItem().Edits.MaxOutputTokens!.Value.ShouldBeInRange(100, 299);
    }

    [Fact]
    public async Task A_spent_budget_refuses_before_anything_is_called()
    {
        await _bench.LimitAsync("0.00001");
        var expert = new ScriptedExpert("small", DollarAMillion);
        var error = await Should.ThrowAsync<InsufficientQuotaException>(() => _bench.With(expert).AskAsync("small"));
        error.Status.ShouldBe(429);
        error.TrajectoryId.ShouldNotBeNull();
        expert.Calls.ShouldBeEmpty();
        _bench.Trajectories[^1].Outcome.ShouldBe(ErrorCode.InsufficientQuota);
    }

    [Fact]
    public async Task An_expert_that_failed_costs_nothing_unless_it_may_have_charged()
    {
        await _bench.LimitAsync("1");
        await Should.ThrowAsync<ExpertException>(() => _bench.With(new ScriptedExpert("small", DollarAMillion, Act.Fail)).AskAsync("small"));
        (await _bench.StateAsync()).Spent.ShouldBe(Money.Zero);
        await Should.ThrowAsync<ExpertException>(() => _bench.With(new ScriptedExpert("small", DollarAMillion, Act.FailAfterCharging)).AskAsync("small"));
        var state = await _bench.StateAsync();
        state.Spent.ShouldBeGreaterThan(Money.Zero);
        state.Reserved.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_stream_is_settled_with_what_it_used()
    {
        await _bench.LimitAsync("1");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion)).AskAsync("small", stream: true);
        (await ReadAsync(answer)).ShouldContain("\"step\":99");
        answer.Cost.ShouldBe(new Money(110_000));
        (await _bench.StateAsync()).Spent.ShouldBe(answer.Cost);
    }

    [Fact]
    public async Task A_stream_whose_slice_is_refused_ends_cleanly_with_length()
    {
        await _bench.LimitAsync("0.00008");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion)).AskAsync("small", stream: true, slice: 32);
        var text = await ReadAsync(answer);
        text.ShouldContain("\"finish_reason\":\"length\"");
        text.ShouldContain("\"reason\":\"insufficient_quota\"");
        text.ShouldNotContain("\"step\":99");
        var state = await _bench.StateAsync();
        state.Spent.ShouldBeLessThanOrEqualTo(state.Budgets[0].Limit!.Value);
        state.Reserved.ShouldBe(Money.Zero);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_stream_that_heeds_neither_its_limit_nor_its_end_spends_no_more_than_the_budget(int choices)
    {
        await _bench.LimitAsync("0.0005");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion, Act.NeverEnd)).AskAsync("small", stream: true, slice: 32, n: choices);
        (await ReadAsync(answer)).ShouldContain("\"reason\":\"insufficient_quota\"");
        var state = await _bench.StateAsync();
        state.Spent.ShouldBeLessThanOrEqualTo(state.Budgets[0].Limit!.Value);
        state.Reserved.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_stream_that_runs_far_beyond_its_limit_is_ended_although_there_is_money()
    {
        await _bench.LimitAsync("1");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion, Act.NeverEnd)).AskAsync("small", stream: true, slice: 32, maxTokens: 100);
        (await ReadAsync(answer)).ShouldContain("\"reason\":\"max_tokens\"");
        var state = await _bench.StateAsync();
        state.Spent.ShouldBeLessThan(new Money(300_000));
        state.Reserved.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_stream_that_ends_exactly_at_its_limit_needs_no_money_beyond_it()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion);
        var full = await _bench.With(expert).AskAsync("small", stream: true, maxTokens: Tokens);
        (await ReadAsync(full)).ShouldNotContain("orchestra");
        var state = await _bench.StateAsync();
        state.Spent.ShouldBe(full.Cost);
        state.Version.ShouldBe(3, "The limit, the reservation and the settlement are all that is written.");
    }

    [Fact]
    public async Task A_client_that_leaves_a_stream_pays_for_what_it_read_and_stops_the_expert()
    {
        await _bench.LimitAsync("1");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion)).AskAsync("small", stream: true);
        await foreach (var chunk in answer.Stream!)
            break;
        var state = await _bench.StateAsync();
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBe(answer.Cost);
        answer.Cost.ShouldBeGreaterThan(Money.Zero);
        answer.Cost.ShouldBeLessThan(new Money(110_000));
        _bench.Trajectories[^1].Outcome.ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_client_that_leaves_while_waiting_cancels_the_expert_and_leaves_nothing_reserved()
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion, Act.Hang);
        using var client = new CancellationTokenSource();
        var asking = _bench.With(expert).AskAsync("small", ct: client.Token);
        await Eventually.TrueAsync(() => expert.Calls.Count == 1);
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        expert.Cancelled.ShouldBe(1);
        var state = await _bench.StateAsync();
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBeGreaterThan(Money.Zero);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deadline_ends_a_call_that_hangs(bool stream)
    {
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion, Act.Hang);
        var asking = _bench.With(expert).AskAsync("small", stream);
        await Eventually.TrueAsync(() => expert.Calls.Count == 1);
        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        var error = await Should.ThrowAsync<OrchestraException>(() => asking);
        error.Code.ShouldBe(ErrorCode.UpstreamTimeout);
        error.Message.ShouldContain("'small'");
        (await _bench.StateAsync()).Reserved.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_deadline_ends_a_stream_cleanly_with_what_there_is()
    {
        await _bench.LimitAsync("1");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion, Act.HangMidway)).AskAsync("small", stream: true);
        var text = new System.Text.StringBuilder();
        await foreach (var chunk in answer.Stream!)
        {
            var events = System.Text.Encoding.UTF8.GetString(chunk.Events.Span);
            text.Append(events);
            if (events.Contains("\"step\":49,", StringComparison.Ordinal))
                _bench.Time.Advance(TimeSpan.FromMinutes(2));
        }

        text.ToString().ShouldContain("\"reason\":\"deadline\"");
        (await _bench.StateAsync()).Spent.ShouldBe(answer.Cost);
    }

    [Fact]
    public async Task A_stream_that_breaks_midway_is_billed_and_reported()
    {
        await _bench.LimitAsync("1");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion, Act.BreakMidway)).AskAsync("small", stream: true);
        await Should.ThrowAsync<ExpertException>(() => ReadAsync(answer));
        answer.Cost.ShouldBeGreaterThan(Money.Zero);
        (await _bench.StateAsync()).Spent.ShouldBe(answer.Cost);
        _bench.Trajectories[^1].Outcome.ShouldBe(ErrorCode.UpstreamFailed);
    }

    [Fact]
    public async Task A_model_that_nobody_offers_is_refused_with_the_names_of_those_there_are()
    {
        var error = await Should.ThrowAsync<OrchestraException>(() => _bench.With(new ScriptedExpert("small", ExpertPrice.Free)).AskAsync("gpt-99"));
        error.Status.ShouldBe(404);
        error.Message.ShouldContain("small");
    }

    [Fact]
    public async Task A_free_expert_needs_no_budget()
    {
        await _bench.LimitAsync("0");
        (await _bench.With(new ScriptedExpert("local", ExpertPrice.Free)).AskAsync("local")).Cost.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task The_turn_limit_ends_the_loop_with_the_best_answer_so_far()
    {
        await _bench.LimitAsync("1");
        var restless = new ScriptedConductor(_ => new Decision(new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: true), "Once more."));
        var expert = new ScriptedExpert("small", DollarAMillion);
        var answer = await _bench.With(expert).Conducted(restless).AskAsync("orchestra");
        expert.Calls.Count.ShouldBe(6);
        ChatCompletion.Parse(answer.Body).Text.ShouldBe("answer of small");
        _bench.Trajectories[^1].Steps[^1].Reason.ShouldContain("turn limit");
    }

    [Fact]
    public async Task A_budget_that_ends_midway_gives_the_best_answer_so_far()
    {
        await _bench.LimitAsync("0.00013");
        var restless = new ScriptedConductor(_ => new Decision(new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: true), "Once more."));
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion)).Conducted(restless).AskAsync("orchestra", maxTokens: 100);
        ChatCompletion.Parse(answer.Body).Text.ShouldBe("answer of small");
    }

    [Fact]
    public async Task No_more_calls_run_side_by_side_than_the_fan_out_allows()
    {
        await _bench.LimitAsync("1");
        var many = new Decision([.. Enumerable.Repeat(new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: true), 10)], "All at once.");
        var conductor = new ScriptedConductor(situation => situation.Observations.Count == 0 ? many : new Decision(new Move.Finish(0), "Enough."));
        var expert = new ScriptedExpert("small", DollarAMillion);
        await _bench.With(expert).Conducted(conductor).AskAsync("orchestra");
        expert.Calls.Count.ShouldBe(4);
    }

    private static async Task<string> ReadAsync(Answer answer)
    {
        var text = new System.Text.StringBuilder();
        await foreach (var chunk in answer.Stream!)
            text.Append(System.Text.Encoding.UTF8.GetString(chunk.Events.Span));
        return text.ToString();
    }
}
