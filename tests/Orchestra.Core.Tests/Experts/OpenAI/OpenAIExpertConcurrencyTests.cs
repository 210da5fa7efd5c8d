using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Experts.OpenAI;

public sealed class OpenAIExpertConcurrencyTests
{
    [Fact]
    public async Task No_more_calls_than_allowed_reach_the_upstream_and_the_rest_wait_or_are_refused()
    {
        var release = new TaskCompletionSource();
        var under = 0;
        var most = 0;
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            await release.Task;
            Interlocked.Decrement(ref under);
            await exchange.ReplyAsync(200, Replies.Completion("x"));
        });
        using var expert = Bench.Expert(upstream, options => options with { Name = "five-at-once", MaxConcurrency = 2, MaxQueue = 3 });

        var calls = Enumerable.Range(0, 5).Select(_ => expert.AskAsync(Bench.Call(), CancellationToken.None)).ToArray();
        var error = await Bench.FailureAsync(expert);
        expert.Waiting.ShouldBe(3);
        ExpertInstrumentsTests.Read("five-at-once").ShouldBe(new Dictionary<string, int> { ["orchestra.expert.queue_depth"] = 3, ["orchestra.expert.running"] = 2 });
        release.SetResult();
        await Task.WhenAll(calls);

        error.Code.ShouldBe(ErrorCode.Overloaded);
        error.Status.ShouldBe(503);
        error.RetryAfter.ShouldNotBeNull();
        error.MayHaveCharged.ShouldBeFalse();
        most.ShouldBeLessThanOrEqualTo(2);
        expert.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_is_refused()
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(exchange => exchange.UntilClientLeavesAsync());
        using var expert = Bench.Expert(upstream, options => options with { MaxConcurrency = 1, QueueTimeout = TimeSpan.FromSeconds(4) }, time);
        using var caller = new CancellationTokenSource();
        var first = expert.AskAsync(Bench.Call(), caller.Token);

        var second = Bench.FailureAsync(expert);
        await time.Awaited(TimeSpan.FromSeconds(4));
        time.Advance(TimeSpan.FromSeconds(4));

        (await second).Code.ShouldBe(ErrorCode.Overloaded);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task A_caller_who_leaves_the_queue_leaves_his_place()
    {
        await using var upstream = new FaultyUpstream(exchange => exchange.UntilClientLeavesAsync());
        using var expert = Bench.Expert(upstream, options => options with { MaxConcurrency = 1, MaxQueue = 1 });
        using var caller = new CancellationTokenSource();
        var first = expert.AskAsync(Bench.Call(), caller.Token);
        using var impatient = new CancellationTokenSource();
        var second = expert.AskAsync(Bench.Call(), impatient.Token);

        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);

        expert.Waiting.ShouldBe(0);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task Every_way_out_of_a_call_gives_its_place_back()
    {
        await using var upstream = new FaultyUpstream(
            Replies.Status(400),
            Replies.Stream(Replies.Delta("a"), Replies.Delta("b"), Replies.Stop),
            Replies.Stream(Replies.Delta("cut off")),
            Replies.Answer());
        using var expert = Bench.Expert(upstream, options => options with { MaxConcurrency = 1, MaxQueue = 0 });

        await Bench.FailureAsync(expert);
        await foreach (var _ in expert.StreamAsync(Bench.StreamCall(), CancellationToken.None))
            break;
        (await Bench.ReadAsync(expert, Bench.StreamCall())).Error.ShouldNotBeNull();

        (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe("hello");
    }
}
