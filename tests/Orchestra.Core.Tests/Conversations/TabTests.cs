using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts.OpenAI;
using Orchestra.Core.Tests.Experts.OpenAI;
using static Orchestra.Core.Tests.Conversations.ScriptedExpert;

namespace Orchestra.Core.Tests.Conversations;

/// <summary>Every call's tab ends in one settlement, whatever becomes of the call, and takes what the budget has.</summary>
public sealed class TabTests : IAsyncDisposable
{
    private readonly ConversationBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_grows_by_what_is_left_and_ends_when_that_is_used_up(bool stream)
    {
        // The prompt and one slice of 32 tokens fit, and further 24 tokens, which is no slice.
        await _bench.LimitAsync("1");
        var expert = new ScriptedExpert("small", DollarAMillion, Act.Hang);
        using var client = new CancellationTokenSource();
        var probe = _bench.With(expert).AskAsync("small", stream, slice: 32, ct: client.Token);
        await Eventually.TrueAsync(() => expert.Calls.Count == 1);
        var first = (await _bench.StateAsync()).Reserved;
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => probe);
        var spent = (await _bench.StateAsync()).Spent;
        await _bench.LimitAsync((spent + first + new Money(24_000)).ToString());

        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion)).AskAsync("small", stream, slice: 32);
        if (answer.Stream is not null)
            await ReadAsync(answer.Stream);

        var step = _bench.Trajectories[^1].Steps[^1];
        step.Error.ShouldBe(ErrorCode.InsufficientQuota);
        step.Usage!.Value.Output.ShouldBe(32 + 24);
        var state = await _bench.StateAsync();
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBe(spent + answer.Cost);
    }

    [Theory]
    [InlineData(Act.Crash, true)]
    [InlineData(Act.CrashMidway, true)]
    [InlineData(Act.Crash, false)]
    public async Task An_expert_whose_code_fails_is_paid_for_and_leaves_nothing_reserved(Act act, bool stream)
    {
        await _bench.LimitAsync("1");
        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion, act)).AskAsync("small", stream);
            await ReadAsync(answer.Stream!);
        });
        var trajectory = _bench.Trajectories.ShouldHaveSingleItem();
        trajectory.Outcome.ShouldBe(ErrorCode.Internal);
        var state = await _bench.StateAsync();
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBeGreaterThan(Money.Zero);
        trajectory.Cost.ShouldBe(state.Spent);
    }

    [Fact]
    public async Task A_verifier_that_fails_leaves_nothing_reserved()
    {
        await _bench.LimitAsync("1");
        var judging = new ScriptedConductor(situation => situation.Observations.Count == 0
            ? new Decision(new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: true), "Ask.")
            : new Decision(new Move.Verify(0), "Look."));
        await Should.ThrowAsync<InvalidOperationException>(() =>
            _bench.With(new ScriptedExpert("small", DollarAMillion)).Conducted(judging).AskAsync("orchestra", verifier: new Faulty()));
        var state = await _bench.StateAsync();
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBe(new Money(110_000));
        _bench.Trajectories[^1].Outcome.ShouldBe(ErrorCode.Internal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_stream_that_its_reader_forgets_is_ended_and_settled_in_its_place(int chunks)
    {
        await _bench.LimitAsync("1");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion)).AskAsync("small", stream: true);
        var reader = answer.Stream!.GetAsyncEnumerator();
        for (var i = 0; i < chunks; i++)
            (await reader.MoveNextAsync()).ShouldBeTrue();

        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        (await _bench.StateAsync()).Reserved.ShouldBeGreaterThan(Money.Zero, "A reader may be slow.");
        _bench.Time.Advance(TimeSpan.FromMinutes(3));

        await Eventually.TrueAsync(() => _bench.Trajectories.Count == 1);
        var state = await _bench.StateAsync();
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBe(answer.Cost);
        _bench.Trajectories[0].Outcome.ShouldBe("cancelled");
        (await Should.ThrowAsync<OrchestraException>(async () => await reader.MoveNextAsync())).Code.ShouldBe(ErrorCode.UpstreamTimeout);
        await reader.DisposeAsync();
        (await _bench.StateAsync()).Spent.ShouldBe(state.Spent);
        _bench.Trajectories.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_call_that_was_given_up_in_the_queue_costs_nothing(bool stream, bool byClient)
    {
        await _bench.LimitAsync("1");
        await using var upstream = new FaultyUpstream(exchange => exchange.UntilClientLeavesAsync());
        using var expert = new OpenAIExpert(
            Bench.Options(upstream.Endpoint) with { MaxConcurrency = 1, Price = DollarAMillion }, TimeProvider.System, NullLogger<OpenAIExpert>.Instance);
        _bench.With(expert);
        using var holder = new CancellationTokenSource();
        var first = expert.AskAsync(Bench.Call(), holder.Token);
        using var client = new CancellationTokenSource();
        var waiting = _bench.AskAsync("small", stream, ct: client.Token);
        await Eventually.TrueAsync(() => expert.Waiting == 1);
        if (byClient)
            await client.CancelAsync();
        else
            _bench.Time.Advance(TimeSpan.FromMinutes(2));

        if (byClient)
            await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        else
            (await Should.ThrowAsync<OrchestraException>(() => waiting)).Code.ShouldBe(ErrorCode.UpstreamTimeout);
        var state = await _bench.StateAsync();
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBe(Money.Zero);
        _bench.Trajectories.ShouldHaveSingleItem().Cost.ShouldBe(Money.Zero);
        await holder.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
    }

    private static async Task ReadAsync(IAsyncEnumerable<ReplyChunk> stream)
    {
        await foreach (var _ in stream)
        {
            // Only its end matters.
        }
    }

    private sealed class Faulty : IVerifier
    {
        public string Name => "faulty";

        public ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct) =>
            throw new InvalidOperationException("A fault of the verifier's own.");
    }
}
