using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.OpenAI;
using Orchestra.Core.Tests.Conversations;

namespace Orchestra.Core.Tests.Experts.OpenAI;

/// <summary>Whole answers of a paid upstream, asked as streams by the conversation.</summary>
public sealed class OpenAIExpertWholeTests : IAsyncDisposable
{
    private static readonly ExpertPrice DollarAMillion = new(Money.FromDollars(1), Money.FromDollars(1), Money.Zero);
    private readonly ConversationBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static OpenAIExpert Paid(FaultyUpstream upstream, Func<OpenAIExpertOptions, OpenAIExpertOptions>? change = null) =>
        Bench.Expert(upstream, options => (change ?? (same => same))(options with { Price = DollarAMillion }));

    [Fact]
    public async Task The_stream_is_put_together_with_its_usage()
    {
        await using var upstream = new FaultyUpstream(Replies.Stream(Replies.Role, Replies.Delta("Hel"), Replies.Delta("lo"), Replies.Stop, Replies.Usage, Replies.Done));
        using var expert = Paid(upstream);
        var answer = await _bench.With(expert).AskAsync("small");
        var completion = ChatCompletion.Parse(answer.Body);
        completion.Text.ShouldBe("Hello");
        completion.Usage.ShouldBe(new TokenUsage(11, 3));
        answer.Cost.ShouldBe(new Money(14_000));
        upstream.Requests[0].Body.ShouldContain("\"stream\":true");
    }

    [Fact]
    public async Task An_error_before_the_first_chunk_is_tried_again_and_costs_nothing()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(500), Replies.Stream(Replies.Delta("fine"), Replies.Stop, Replies.Usage, Replies.Done));
        using var expert = Paid(upstream);
        var answer = await _bench.With(expert).AskAsync("small");
        ChatCompletion.Parse(answer.Body).Text.ShouldBe("fine");
        answer.Cost.ShouldBe(new Money(14_000));
        upstream.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_error_of_the_request_is_the_clients()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(400, Replies.Error("no such thing")));
        using var expert = Paid(upstream);
        var error = await Should.ThrowAsync<OrchestraException>(() => _bench.With(expert).AskAsync("small"));
        error.Status.ShouldBe(400);
        (await _bench.StateAsync()).Spent.ShouldBe(Money.Zero);
        upstream.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_upstream_that_ignores_the_stream_is_understood_and_held_in_full_until_it_streams()
    {
        await using var upstream = new FaultyUpstream(
            Replies.Answer(), Replies.Answer(), Replies.Stream(Replies.Delta("now"), Replies.Stop, Replies.Usage, Replies.Done));
        using var expert = Paid(upstream);
        _bench.With(expert);
        ChatCompletion.Parse((await _bench.AskAsync("small")).Body).Text.ShouldBe("hello");
        expert.Descriptor.Streams.ShouldBeFalse();
        ChatCompletion.Parse((await _bench.AskAsync("small")).Body).Text.ShouldBe("hello");
        upstream.Requests[1].Body.ShouldNotContain("\"stream\":true");
        (await Bench.ReadAsync(expert, Bench.StreamCall())).Text.ShouldContain("now");
        expert.Descriptor.Streams.ShouldBeTrue();
    }

    [Fact]
    public async Task An_endpoint_that_is_set_not_to_stream_is_asked_for_whole_replies_only()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        using var expert = Paid(upstream, options => options with { Streams = false });
        _bench.With(expert);
        ChatCompletion.Parse((await _bench.AskAsync("small")).Body).Text.ShouldBe("hello");
        (await Bench.ReadAsync(expert, Bench.StreamCall())).Text.ShouldContain("hello");
        upstream.Requests.ShouldAllBe(request => !request.Body.Contains("\"stream\":true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_field_that_changes_the_price_is_refused_before_anything_is_sent()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        using var paid = Paid(upstream);
        using var free = Bench.Expert(upstream);
        using var open = Paid(upstream, options => options with { RefusedFields = [] });
        var error = await Should.ThrowAsync<OrchestraException>(() => _bench.With(paid).AskAsync("small", more: "\"service_tier\":\"priority\""));
        error.Code.ShouldBe(ErrorCode.InvalidRequest);
        error.Status.ShouldBe(400);
        error.Param.ShouldBe("service_tier");
        upstream.Requests.ShouldBeEmpty();
        (await _bench.With(free).AskAsync("small", more: "\"service_tier\":\"priority\"")).Cost.ShouldBe(Money.Zero);
        (await _bench.With(open).AskAsync("small", more: "\"service_tier\":\"priority\"")).Cost.ShouldBeGreaterThan(Money.Zero);
    }

    [Fact]
    public async Task Sound_is_asked_for_as_a_whole()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        using var expert = Paid(upstream);
        await _bench.With(expert).AskAsync("small", more: "\"audio\":{\"format\":\"wav\",\"voice\":\"x\"}");
        upstream.Requests[0].Body.ShouldNotContain("\"stream\":true");
    }

    [Fact]
    public async Task A_caller_who_leaves_before_the_request_is_out_has_sent_nothing()
    {
        using var expert = new OpenAIExpert(Bench.Options(FaultyUpstream.NobodyHome()) with { RetryBaseDelay = TimeSpan.FromSeconds(30) }, TimeProvider.System, new ListLogger());
        using var caller = new CancellationTokenSource();
        var asking = expert.AskAsync(Bench.Call(), caller.Token);
        await caller.CancelAsync();
        (await Record.ExceptionAsync(() => asking)).ShouldBeOfType<CallNotSentException>();
    }
}
