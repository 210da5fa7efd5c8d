using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Experts.OpenAI;

public sealed class OpenAIExpertRetryTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_passing_failure_is_tried_again(int status)
    {
        await using var upstream = new FaultyUpstream(Replies.Status(status), Replies.Answer());
        var logger = new ListLogger();
        using var expert = Bench.Expert(upstream, logger: logger);

        (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe("hello");

        upstream.Requests.Count.ShouldBe(2);
        upstream.Requests[1].Body.ShouldBe(upstream.Requests[0].Body);
        logger.Lines.ShouldHaveSingleItem().ShouldContain("trying again");
        logger.Lines[0].ShouldNotContain(Bench.Key);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_reply_is_tried_again()
    {
        await using var upstream = new FaultyUpstream(
            exchange =>
            {
                exchange.Reset();
                return Task.CompletedTask;
            },
            Replies.Answer());
        using var expert = Bench.Expert(upstream);

        (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe("hello");
    }

    [Theory]
    [InlineData(500, ErrorCode.UpstreamFailed, 502)]
    [InlineData(429, ErrorCode.Overloaded, 503)]
    public async Task Retries_end(int status, string code, int shown)
    {
        await using var upstream = new FaultyUpstream(Replies.Status(status, Replies.Error("later")));
        using var expert = Bench.Expert(upstream, options => options with { Retries = 3 });

        var error = await Bench.FailureAsync(expert);

        error.Code.ShouldBe(code);
        error.Status.ShouldBe(shown);
        error.MayHaveCharged.ShouldBeFalse();
        upstream.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task No_retries_means_one_attempt()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(500));
        using var expert = Bench.Expert(upstream, options => options with { Retries = 0 });

        await Bench.FailureAsync(expert);

        upstream.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: Tue, 01 Jan 2030 00:00:09 GMT", 9)]
    public async Task The_next_attempt_waits_as_long_as_the_upstream_says(string header, int seconds)
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(Replies.Status(429, "{}", header), Replies.Answer());
        using var expert = Bench.Expert(upstream, time: time);

        var asking = expert.AskAsync(Bench.Call(), CancellationToken.None);
        await time.Awaited(TimeSpan.FromSeconds(seconds));
        upstream.Requests.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(seconds));

        (await asking).Completion.Text.ShouldBe("hello");
    }

    [Fact]
    public async Task Too_long_a_wait_is_left_to_the_caller()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(429, "{}", "Retry-After: 31"));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(31));
        upstream.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_beyond_the_time_left_is_left_to_the_caller()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(503, "{}", "Retry-After: 20"));
        using var expert = Bench.Expert(upstream, options => options with { TotalTimeout = TimeSpan.FromSeconds(15) });

        (await Bench.FailureAsync(expert)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Another_endpoint_is_asked_at_once_whatever_the_first_one_wants()
    {
        await using var first = new FaultyUpstream(Replies.Status(429, "{}", "Retry-After: 3600"));
        await using var second = new FaultyUpstream(Replies.Answer("from the second"));
        var logger = new ListLogger();
        using var expert = Bench.Expert(first, options => options with { Endpoints = [first.Endpoint, second.Endpoint], Retries = 0, RetryBaseDelay = TimeSpan.FromSeconds(30) }, logger: logger);

        (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe("from the second");

        logger.Lines.ShouldHaveSingleItem().ShouldContain("instead");
    }

    [Fact]
    public async Task Each_call_begins_at_the_preferred_endpoint()
    {
        await using var first = new FaultyUpstream(Replies.Status(500), Replies.Answer("first"));
        await using var second = new FaultyUpstream(Replies.Answer("second"));
        using var expert = Bench.Expert(first, options => options with { Endpoints = [first.Endpoint, second.Endpoint] });

        (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe("second");
        (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe("first");
    }

    [Fact]
    public async Task An_endpoint_that_fails_too_often_is_left_alone_and_comes_back()
    {
        var time = new ManualTime();
        var works = false;
        await using var first = new FaultyUpstream(exchange => works ? exchange.ReplyAsync(200, Replies.Completion("first")) : exchange.ReplyAsync(500, "{}"));
        await using var second = new FaultyUpstream(Replies.Answer("second"));
        var logger = new ListLogger();
        using var expert = Bench.Expert(
            first, options => options with { Endpoints = [first.Endpoint, second.Endpoint], BreakerMinimumThroughput = 4 }, time, logger);

        for (var i = 0; i < 10; i++)
            (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe("second");
        first.Requests.Count.ShouldBe(4);
        logger.Lines.ShouldContain(line => line.Contains("left alone"));

        works = true;
        time.Advance(TimeSpan.FromSeconds(16));
        (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe("first");
        logger.Lines.ShouldContain(line => line.Contains("works again"));
    }

    [Fact]
    public async Task With_every_circuit_open_the_call_fails_at_once_and_says_when_to_come_back()
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(Replies.Status(500));
        using var expert = Bench.Expert(upstream, options => options with { BreakerMinimumThroughput = 2, Retries = 0 }, time);
        await Bench.FailureAsync(expert);
        await Bench.FailureAsync(expert);

        var error = await Bench.FailureAsync(expert);

        error.Code.ShouldBe(ErrorCode.UpstreamFailed);
        error.MayHaveCharged.ShouldBeFalse();
        error.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        upstream.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Limits_of_the_rate_do_not_open_the_circuit()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(429));
        using var expert = Bench.Expert(upstream, options => options with { BreakerMinimumThroughput = 2, Retries = 0 });

        for (var i = 0; i < 6; i++)
            (await Bench.FailureAsync(expert)).Code.ShouldBe(ErrorCode.Overloaded);
        upstream.Requests.Count.ShouldBe(6);
    }
}
