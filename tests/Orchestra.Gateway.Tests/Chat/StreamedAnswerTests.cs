using System.Net;
using System.Runtime.CompilerServices;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Tests.Chat;

public sealed class StreamedAnswerTests
{
    [Fact]
    public async Task Events_go_out_as_they_came_then_the_cost_then_done()
    {
        await using var gateway = await RunningGateway.StartAsync((_, _) => ScriptedConversations.Streamed(Events("1", "2"), () => new Money(34_000)));

        using var response = await gateway.PostAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        response.Headers.CacheControl!.NoCache.ShouldBeTrue();
        response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        response.Headers.GetValues(ResponseHeaders.Trajectory).ShouldBe(["traj_1"]);
        response.Headers.GetValues(ResponseHeaders.Experts).ShouldBe(["small"]);
        response.Headers.Contains(ResponseHeaders.Cost).ShouldBeFalse("It is not known before the end.");
        (await response.Content.ReadAsStringAsync()).ShouldBe("data: 1\n\ndata: 2\n\n: x-orchestra-cost-usd 0.000034\n\ndata: [DONE]\n\n");
    }

    [Fact]
    public async Task An_event_reaches_the_client_before_the_next_one_exists()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await RunningGateway.StartAsync((_, _) => ScriptedConversations.Streamed(OneAndAnother()));

        using var response = await gateway.PostAsync();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        (await lines.ReadLineAsync()).ShouldBe("data: first");
        seen.SetResult();
        (await lines.ReadToEndAsync()).ShouldContain("data: second");

        async IAsyncEnumerable<string> OneAndAnother()
        {
            yield return "first";
            await seen.Task;
            yield return "second";
        }
    }

    [Fact]
    public async Task An_error_on_the_way_is_the_last_event_and_the_cost_is_told_all_the_same()
    {
        await using var gateway = await RunningGateway.StartAsync((_, _) => ScriptedConversations.Streamed(
            EventsThen(new OrchestraException(ErrorCode.UpstreamTimeout, 504, "The expert fell silent."), "half"), () => new Money(1_000)));

        using var response = await gateway.PostAsync();

        var text = await response.Content.ReadAsStringAsync();
        text.ShouldStartWith("data: half\n\ndata: {\"error\":{\"message\":\"The expert fell silent.\"");
        text.ShouldEndWith("\n\n: x-orchestra-cost-usd 0.000001\n\n");
        text.ShouldNotContain("[DONE]");
    }

    [Fact]
    public async Task A_fault_of_our_own_on_the_way_breaks_the_connection_so_that_nobody_takes_half_for_whole()
    {
        await using var gateway = await RunningGateway.StartAsync((_, _) => ScriptedConversations.Streamed(EventsThen(new InvalidOperationException("a secret of the code"), "half")));

        await Should.ThrowAsync<HttpRequestException>(async () => await (await gateway.PostAsync()).Content.ReadAsStringAsync());
        gateway.Log.Lines.ShouldHaveSingleItem().ShouldContain("/v1/chat/completions");
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_stream_and_is_no_fault()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await RunningGateway.StartAsync((_, ct) => ScriptedConversations.Streamed(Endless(ct)));
        using var client = new CancellationTokenSource();

        using var response = await gateway.PostAsync(ct: client.Token);
        using (var lines = new StreamReader(await response.Content.ReadAsStreamAsync(client.Token)))
            (await lines.ReadLineAsync(client.Token)).ShouldBe("data: first");

        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
        gateway.Log.Lines.ShouldBeEmpty();

        async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken ct)
        {
            try
            {
                yield return "first";
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }
            finally
            {
                left.SetResult();
            }
        }
    }

    private static IAsyncEnumerable<string> Events(params string[] events) => EventsThen(null, events);

    private static async IAsyncEnumerable<string> EventsThen(Exception? error, params string[] events)
    {
        foreach (var text in events)
        {
            await Task.Yield();
            yield return text;
        }

        if (error is not null)
            throw error;
    }
}
