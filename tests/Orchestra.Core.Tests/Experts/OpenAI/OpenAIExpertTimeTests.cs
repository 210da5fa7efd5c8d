using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Experts.OpenAI;

public sealed class OpenAIExpertTimeTests
{
    private static Task Silence(FaultyExchange exchange) => exchange.UntilClientLeavesAsync();

    [Fact]
    public async Task An_attempt_without_an_answer_ends_and_may_be_charged()
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(Silence);
        using var expert = Bench.Expert(upstream, options => options with { Retries = 0, AttemptTimeout = TimeSpan.FromSeconds(3) }, time);
        var arrived = Arrival(upstream);

        var asking = Bench.FailureAsync(expert);
        await arrived;
        time.Advance(TimeSpan.FromSeconds(3));
        var error = await asking;

        error.Code.ShouldBe(ErrorCode.UpstreamTimeout);
        error.Status.ShouldBe(504);
        error.MayHaveCharged.ShouldBeTrue();
        error.Message.ShouldContain("AttemptTimeout");
    }

    [Fact]
    public async Task A_slow_first_byte_within_the_limit_is_fine()
    {
        var time = new ManualTime();
        var release = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await release.Task;
            await exchange.ReplyAsync(200, Replies.Completion("late"));
        });
        using var expert = Bench.Expert(upstream, options => options with { AttemptTimeout = TimeSpan.FromSeconds(3) }, time);
        var arrived = Arrival(upstream);

        var asking = expert.AskAsync(Bench.Call(), CancellationToken.None);
        await arrived;
        time.Advance(TimeSpan.FromSeconds(2.9));
        release.SetResult();

        (await asking).Completion.Text.ShouldBe("late");
    }

    [Fact]
    public async Task An_attempt_that_ran_out_of_time_is_tried_again()
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(Silence, Replies.Answer());
        using var expert = Bench.Expert(upstream, options => options with { AttemptTimeout = TimeSpan.FromSeconds(3) }, time);
        var arrived = Arrival(upstream);

        var asking = expert.AskAsync(Bench.Call(), CancellationToken.None);
        await arrived;
        time.Advance(TimeSpan.FromSeconds(3));

        (await asking).Completion.Text.ShouldBe("hello");
    }

    [Fact]
    public async Task The_total_time_ends_the_call_without_another_attempt()
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(Silence);
        using var expert = Bench.Expert(upstream, options => options with { TotalTimeout = TimeSpan.FromSeconds(2) }, time);
        var arrived = Arrival(upstream);

        var asking = Bench.FailureAsync(expert);
        await arrived;
        time.Advance(TimeSpan.FromSeconds(2));
        var error = await asking;

        error.Code.ShouldBe(ErrorCode.UpstreamTimeout);
        error.Message.ShouldContain("TotalTimeout");
        upstream.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_stalls_ends_the_attempt()
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync("application/json");
            await exchange.ChunkAsync("{");
            await exchange.UntilClientLeavesAsync();
        });
        using var expert = Bench.Expert(upstream, options => options with { Retries = 0, IdleTimeout = TimeSpan.FromSeconds(7) }, time);

        var asking = Bench.FailureAsync(expert);
        await time.Awaited(TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(7));

        (await asking).Code.ShouldBe(ErrorCode.UpstreamTimeout);
    }

    [Fact]
    public async Task A_stream_that_stalls_gives_what_came_and_then_the_error()
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Delta("a"));
            await exchange.UntilClientLeavesAsync();
        });
        using var expert = Bench.Expert(upstream, options => options with { IdleTimeout = TimeSpan.FromSeconds(7) }, time);

        var reading = Bench.ReadAsync(expert, Bench.StreamCall());
        await time.Awaited(TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(7));
        var streamed = await reading;

        streamed.Text.ShouldBe(Replies.Delta("a"));
        streamed.Error!.Code.ShouldBe(ErrorCode.UpstreamTimeout);
        streamed.Error.MayHaveCharged.ShouldBeTrue();
        upstream.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_is_not_taken_for_a_stall()
    {
        var time = new ManualTime();
        var release = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Delta("a"));
            await release.Task;
            await exchange.ChunkAsync(Replies.Delta("b"));
            await exchange.ChunkAsync(Replies.Stop + Replies.Done);
            await exchange.EndAsync();
        });
        using var expert = Bench.Expert(upstream, options => options with { IdleTimeout = TimeSpan.FromSeconds(7) }, time);
        var streamed = new Streamed();

        await foreach (var chunk in expert.StreamAsync(Bench.StreamCall(), CancellationToken.None))
        {
            time.Advance(TimeSpan.FromSeconds(20));
            release.TrySetResult();
            streamed.Add(chunk);
        }

        streamed.FinishReason.ShouldBe("stop");
    }

    [Fact]
    public async Task The_caller_who_leaves_takes_the_upstream_connection_with_him()
    {
        var left = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.UntilClientLeavesAsync();
            left.SetResult();
        });
        using var expert = Bench.Expert(upstream);
        using var caller = new CancellationTokenSource();
        var arrived = Arrival(upstream);

        var asking = expert.AskAsync(Bench.Call(), caller.Token);
        await arrived;
        await caller.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => asking)).CancellationToken.ShouldBe(caller.Token);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
        upstream.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_is_given_up_takes_the_upstream_connection_with_it(bool byToken)
    {
        var left = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Delta("a"));
            await exchange.UntilClientLeavesAsync();
            left.SetResult();
        });
        using var expert = Bench.Expert(upstream);
        using var caller = new CancellationTokenSource();

        await using (var chunks = expert.StreamAsync(Bench.StreamCall(), caller.Token).GetAsyncEnumerator(caller.Token))
        {
            (await chunks.MoveNextAsync()).ShouldBeTrue();
            if (byToken)
            {
                var next = chunks.MoveNextAsync();
                await caller.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await next);
            }
        }

        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static Task Arrival(FaultyUpstream upstream) => Eventually.TrueAsync(() => upstream.Requests.Count > 0);
}
