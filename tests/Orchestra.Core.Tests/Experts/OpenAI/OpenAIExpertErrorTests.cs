using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Experts.OpenAI;

public sealed class OpenAIExpertErrorTests
{
    [Theory]
    [InlineData(401, ErrorCode.UpstreamFailed, 502, "ApiKeyEnv")]
    [InlineData(403, ErrorCode.UpstreamFailed, 502, "ApiKeyEnv")]
    [InlineData(402, ErrorCode.UpstreamFailed, 502, "credit")]
    [InlineData(307, ErrorCode.UpstreamFailed, 502, "redirected")]
    [InlineData(405, ErrorCode.UpstreamFailed, 502, "405")]
    [InlineData(501, ErrorCode.UpstreamFailed, 502, "501")]
    public async Task A_refusal_that_no_retry_helps_against_says_what_to_change(int status, string code, int shown, string hint)
    {
        await using var upstream = new FaultyUpstream(exchange => exchange.ReplyAsync(status, Replies.Error($"wrong key {Bench.Key}"), headers: "Location: /elsewhere"));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.Code.ShouldBe(code);
        error.Status.ShouldBe(shown);
        error.Expert.ShouldBe("small");
        error.Message.ShouldContain("'small'");
        error.Message.ShouldContain(hint);
        error.ToString().ShouldNotContain(Bench.Key);
        error.RequestAtFault.ShouldBeFalse();
        error.MayHaveCharged.ShouldBeFalse();
        upstream.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task A_request_that_the_upstream_calls_wrong_is_at_fault_with_its_words(int status)
    {
        await using var upstream = new FaultyUpstream(Replies.Status(status, Replies.Error("bad\u0000 \u001b[31mfield\n" + new string('é', 900))));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.RequestAtFault.ShouldBeTrue();
        error.Status.ShouldBe(400);
        error.Code.ShouldBe(ErrorCode.InvalidRequest);
        error.Message.ShouldContain("bad [31mfield éé");
        error.Message.Length.ShouldBeLessThan(600);
        error.Message.ShouldNotContain(c => char.IsControl(c));
        error.MayHaveCharged.ShouldBeFalse();
        upstream.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_prompt_beyond_the_context_window_may_suit_another_expert()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(400, Replies.Error("too long", "context_length_exceeded")));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.Code.ShouldBe(ErrorCode.ContextLengthExceeded);
        error.Status.ShouldBe(400);
        error.RequestAtFault.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"error":{"message":"x","code":"model_not_found"}}""")]
    [InlineData("""{"error":{"message":"model \"mixtral\" not found, try pulling it first","type":"api_error","code":null}}""")]
    [InlineData("""{"object":"error","message":"The model `mixtral` does not exist.","code":404}""")]
    public async Task A_model_that_the_endpoint_does_not_know_is_a_matter_of_configuration(string body)
    {
        await using var upstream = new FaultyUpstream(Replies.Status(404, body));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.Status.ShouldBe(502);
        error.RequestAtFault.ShouldBeFalse();
        error.Message.ShouldContain("correct its Model");
    }

    [Fact]
    public async Task A_path_that_is_not_there_points_at_the_endpoint()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(404, "<html>nothing</html>"));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.Status.ShouldBe(502);
        error.Message.ShouldContain("/v1");
    }

    [Fact]
    public async Task A_spent_account_at_the_upstream_is_not_asked_again()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(429, Replies.Error("quota", "insufficient_quota")));
        using var expert = Bench.Expert(upstream);

        (await Bench.FailureAsync(expert)).Message.ShouldContain("no quota left");
        upstream.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""[1]""")]
    [InlineData("""{"choices":[{"message":{"content":"x"}}]} trailing""")]
    [InlineData("")]
    public async Task A_reply_that_is_no_chat_completion_fails_after_retries_and_may_be_charged(string body)
    {
        await using var upstream = new FaultyUpstream(Replies.Status(200, body));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.Code.ShouldBe(ErrorCode.UpstreamFailed);
        error.Status.ShouldBe(502);
        error.MayHaveCharged.ShouldBeTrue();
        upstream.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_wrong_content_type_fails_and_names_it()
    {
        await using var upstream = new FaultyUpstream(exchange => exchange.ReplyAsync(200, "<html>", "text/html"));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.Status.ShouldBe(502);
        error.Message.ShouldContain("text/html");
        (await Bench.ReadAsync(expert, Bench.StreamCall())).Error!.Message.ShouldContain("text/html");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reply_larger_than_allowed_is_not_read_to_its_end(bool saysItsLength)
    {
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            if (saysItsLength)
            {
                await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n{");
            }
            else
            {
                await exchange.BeginAsync("application/json");
                for (var i = 0; i < 100; i++)
                    await exchange.ChunkAsync(new string(' ', 1024));
            }

            await exchange.UntilClientLeavesAsync();
        });
        using var expert = Bench.Expert(upstream, options => options with { MaxReplyBytes = 4096 });

        var error = await Bench.FailureAsync(expert);

        error.Status.ShouldBe(502);
        error.Message.ShouldContain("MaxReplyBytes");
        upstream.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Huge_headers_are_refused()
    {
        await using var upstream = new FaultyUpstream(exchange => exchange.ReplyAsync(200, Replies.Completion("x"), headers: $"X-Huge: {new string('x', 100_000)}"));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.Status.ShouldBe(502);
        error.MayHaveCharged.ShouldBeTrue();
    }

    [Fact]
    public async Task A_connection_lost_in_the_middle_of_a_reply_may_be_charged()
    {
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"choices\":");
            exchange.Close();
        });
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.Code.ShouldBe(ErrorCode.UpstreamFailed);
        error.MayHaveCharged.ShouldBeTrue();
        upstream.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_endpoint_where_nobody_listens_was_never_charged()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        using var expert = Bench.Expert(upstream, options => options with { Endpoints = [FaultyUpstream.NobodyHome()] });

        var error = await Bench.FailureAsync(expert);

        error.Status.ShouldBe(502);
        error.MayHaveCharged.ShouldBeFalse();
        error.Message.ShouldContain("cannot reach");
    }

    [Fact]
    public async Task An_earlier_attempt_that_may_be_charged_is_not_forgotten()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(200, "{"), Replies.Status(400, Replies.Error("no")));
        using var expert = Bench.Expert(upstream);

        var error = await Bench.FailureAsync(expert);

        error.RequestAtFault.ShouldBeTrue();
        error.MayHaveCharged.ShouldBeTrue();
    }
}
