using Orchestra.Core.Chat;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Experts.OpenAI;

public sealed class OpenAIExpertStreamTests
{
    [Fact]
    public async Task Events_come_through_byte_for_byte_without_the_end_marker()
    {
        await using var upstream = new FaultyUpstream(Replies.Stream(Replies.Role, Replies.Delta("a"), Replies.Delta("b"), Replies.Stop, Replies.Usage, Replies.Done));
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall(usage: true));

        streamed.Error.ShouldBeNull();
        streamed.Text.ShouldBe(Replies.Role + Replies.Delta("a") + Replies.Delta("b") + Replies.Stop + Replies.Usage);
        streamed.FinishReason.ShouldBe("stop");
        streamed.Usage.ShouldBe(new TokenUsage(11, 3));
        streamed.Tokens.ShouldBe(4);
        upstream.Requests[0].Body.ShouldContain("\"stream\":true");
        upstream.Requests[0].Headers["Accept"].ShouldBe("text/event-stream");
    }

    [Fact]
    public async Task The_usage_is_reported_but_its_event_is_dropped_where_the_client_did_not_ask_for_it()
    {
        await using var upstream = new FaultyUpstream(Replies.Stream(Replies.Delta("a"), Replies.Stop, Replies.Usage, Replies.Done));
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall());

        upstream.Requests[0].Body.ShouldContain("\"include_usage\":true");
        streamed.Text.ShouldBe(Replies.Delta("a") + Replies.Stop);
        streamed.Usage.ShouldBe(new TokenUsage(11, 3));
    }

    [Fact]
    public async Task Streams_one_after_another_share_a_connection()
    {
        await using var upstream = new FaultyUpstream(Replies.Stream(Replies.Delta("a"), Replies.Stop, Replies.Done));
        using var expert = Bench.Expert(upstream);

        for (var i = 0; i < 5; i++)
            (await Bench.ReadAsync(expert, Bench.StreamCall())).FinishReason.ShouldBe("stop");

        upstream.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_event_is_tried_again()
    {
        await using var upstream = new FaultyUpstream(
            Replies.Status(500),
            Replies.Stream("data: " + Replies.Error("engine died") + "\n\n", Replies.Done),
            async exchange =>
            {
                await exchange.BeginAsync();
                await exchange.ChunkAsync(": keep-alive\n\n");
                exchange.Reset();
            },
            Replies.Stream("data: not json\n\n"),
            Replies.Stream(Replies.Delta("a"), Replies.Stop, Replies.Done));
        using var expert = Bench.Expert(upstream, options => options with { Retries = 4 });

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall());

        streamed.Error.ShouldBeNull();
        streamed.Text.ShouldBe(Replies.Delta("a") + Replies.Stop);
        upstream.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_stream_that_fails_after_its_first_event_is_not_tried_again()
    {
        await using var upstream = new FaultyUpstream(
            async exchange =>
            {
                await exchange.BeginAsync();
                await exchange.ChunkAsync(Replies.Delta("a"));
                exchange.Reset();
            },
            Replies.Answer());
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall());

        streamed.Text.ShouldBe(Replies.Delta("a"));
        streamed.Error!.Code.ShouldBe(ErrorCode.UpstreamFailed);
        streamed.Error.MayHaveCharged.ShouldBeTrue();
        upstream.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_error_event_in_the_middle_ends_the_stream_behind_what_was_good()
    {
        await using var upstream = new FaultyUpstream(Replies.Stream(Replies.Delta("a") + "data: " + Replies.Error($"died {Bench.Key}") + "\n\n" + Replies.Delta("b")));
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall());

        streamed.Text.ShouldBe(Replies.Delta("a"));
        streamed.Error!.Message.ShouldContain("died [key]");
        streamed.Error.MayHaveCharged.ShouldBeTrue();
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("ended")]
    [InlineData("in an event")]
    public async Task A_stream_that_ends_before_any_finish_reason_is_an_error(string how)
    {
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Delta("a"));
            if (how == "in an event")
                await exchange.ChunkAsync(Replies.Stop[..40]);
            if (how == "closed")
                exchange.Close();
            else
                await exchange.EndAsync();
        });
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall());

        streamed.Text.ShouldBe(Replies.Delta("a"));
        streamed.Error!.Code.ShouldBe(ErrorCode.UpstreamFailed);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("ended")]
    [InlineData("in the next event")]
    public async Task A_stream_that_ends_behind_its_finish_reason_is_complete(string how)
    {
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Delta("a") + Replies.Stop);
            if (how == "in the next event")
                await exchange.ChunkAsync("data: [DO");
            if (how == "closed")
                exchange.Close();
            else
                await exchange.EndAsync();
        });
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall());

        streamed.Error.ShouldBeNull();
        streamed.Text.ShouldBe(Replies.Delta("a") + Replies.Stop);
    }

    [Fact]
    public async Task A_stream_that_stays_open_behind_its_end_marker_ends_all_the_same()
    {
        var time = new ManualTime();
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Delta("a") + Replies.Stop + Replies.Done);
            await exchange.UntilClientLeavesAsync();
        });
        using var expert = Bench.Expert(upstream, time: time);

        var reading = Bench.ReadAsync(expert, Bench.StreamCall());
        await time.Awaited(TimeSpan.FromMilliseconds(250));
        time.Advance(TimeSpan.FromMilliseconds(250));

        (await reading).Error.ShouldBeNull();
    }

    [Fact]
    public async Task An_event_of_ten_megabytes_is_refused()
    {
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Delta("a"));
            for (var i = 0; i < 160; i++)
                await exchange.ChunkAsync(new string('x', 64 * 1024));
            await exchange.UntilClientLeavesAsync();
        });
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall());

        streamed.Text.ShouldBe(Replies.Delta("a"));
        streamed.Error!.Status.ShouldBe(502);
        streamed.Error.Message.ShouldContain("MaxLineBytes");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whole_answer_to_a_stream_request_becomes_events(bool usage)
    {
        await using var upstream = new FaultyUpstream(Replies.Answer("hello"));
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall(usage));

        streamed.Error.ShouldBeNull();
        streamed.Text.ShouldContain("\"content\":\"hello\"");
        streamed.Text.ShouldContain("chat.completion.chunk");
        streamed.Text.Contains("prompt_tokens", StringComparison.Ordinal).ShouldBe(usage);
        streamed.FinishReason.ShouldBe("stop");
        streamed.Usage.ShouldBe(new TokenUsage(11, 3));
    }

    [Fact]
    public async Task A_stream_request_that_is_refused_says_why()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(400, Replies.Error("no such tool")));
        using var expert = Bench.Expert(upstream);

        var streamed = await Bench.ReadAsync(expert, Bench.StreamCall());

        streamed.Chunks.ShouldBe(0);
        streamed.Error!.RequestAtFault.ShouldBeTrue();
        streamed.Error.Message.ShouldContain("no such tool");
    }
}
