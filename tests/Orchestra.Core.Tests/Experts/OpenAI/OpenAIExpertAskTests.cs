using Orchestra.Core.Chat;

namespace Orchestra.Core.Tests.Experts.OpenAI;

public sealed class OpenAIExpertAskTests
{
    [Fact]
    public async Task A_whole_answer_comes_back_byte_for_byte_with_its_usage()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer("hello"));
        using var expert = Bench.Expert(upstream);

        var reply = await expert.AskAsync(Bench.Call(), CancellationToken.None);

        reply.Completion.Body.ToArray().ShouldBe(System.Text.Encoding.UTF8.GetBytes(Replies.Completion("hello")));
        reply.Completion.Text.ShouldBe("hello");
        reply.Usage.ShouldBe(new TokenUsage(11, 3));
    }

    [Fact]
    public async Task The_request_goes_out_with_the_model_and_the_key_and_keeps_unknown_fields()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        using var expert = Bench.Expert(upstream);

        await expert.AskAsync(Bench.Call(""","seed":7,"stream":true""", edits: new RequestEdits { MaxOutputTokens = 9 }), CancellationToken.None);

        var request = upstream.Requests.ShouldHaveSingleItem();
        request.Line.ShouldBe("POST /v1/chat/completions HTTP/1.1");
        request.Headers["Authorization"].ShouldBe($"Bearer {Bench.Key}");
        request.Headers["Content-Type"].ShouldBe("application/json");
        request.Headers.Keys.ShouldNotContain("traceparent");
        request.Body.ShouldBe("""{"model":"mixtral","messages":[{"role":"user","content":"hi"}],"seed":7,"max_tokens":9}""");
    }

    [Fact]
    public async Task Without_a_key_no_authorization_is_sent()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        using var expert = Bench.Expert(upstream, options => options with { ApiKey = null });

        await expert.AskAsync(Bench.Call(), CancellationToken.None);

        upstream.Requests[0].Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Without_usage_in_the_reply_the_usage_is_estimated_and_marked()
    {
        await using var upstream = new FaultyUpstream(exchange => exchange.ReplyAsync(200, Replies.Completion("0123456789", usage: false)));
        using var expert = Bench.Expert(upstream);

        var reply = await expert.AskAsync(Bench.Call(text: "0123"), CancellationToken.None);

        reply.Usage.ShouldBe(new TokenUsage(1, 3, Estimated: true));
    }

    [Fact]
    public async Task An_estimate_counts_every_choice()
    {
        const string reply = """{"choices":[{"message":{"content":"0123"}},{"message":{"content":"01234567"}},{"message":{"tool_calls":[{"id":"c"}]}}]}""";
        await using var upstream = new FaultyUpstream(exchange => exchange.ReplyAsync(200, reply));
        using var expert = Bench.Expert(upstream);

        (await expert.AskAsync(Bench.Call(""","n":3"""), CancellationToken.None)).Usage.Output.ShouldBe(6);
    }

    [Fact]
    public async Task An_estimate_counts_the_messages_that_were_really_sent()
    {
        await using var upstream = new FaultyUpstream(exchange => exchange.ReplyAsync(200, Replies.Completion("x", usage: false)));
        using var expert = Bench.Expert(upstream);
        var replacement = $$"""{"role":"user","content":"{{new string('a', 400)}}"}""";

        var reply = await expert.AskAsync(Bench.Call(edits: new RequestEdits { ReplaceMessages = [replacement] }), CancellationToken.None);

        reply.Usage.Input.ShouldBe(TokenEstimator.Likely(replacement.Length));
    }

    [Fact]
    public async Task Answers_one_after_another_share_a_connection()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        using var expert = Bench.Expert(upstream);

        for (var i = 0; i < 5; i++)
            await expert.AskAsync(Bench.Call(), CancellationToken.None);

        upstream.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_in_chunks_of_any_size_is_read_whole()
    {
        var text = new string('x', 100_000);
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync("application/json; charset=utf-8");
            foreach (var piece in Replies.Completion(text).Chunk(7_001))
                await exchange.ChunkAsync(new string(piece));
            await exchange.EndAsync();
        });
        using var expert = Bench.Expert(upstream);

        (await expert.AskAsync(Bench.Call(), CancellationToken.None)).Completion.Text.ShouldBe(text);
    }

    [Fact]
    public async Task The_query_of_an_endpoint_stays_behind_the_path()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        using var expert = Bench.Expert(upstream, options => options with { Endpoints = [new Uri(upstream.Endpoint, "/deployments/x/?api-version=2")] });

        await expert.AskAsync(Bench.Call(), CancellationToken.None);

        upstream.Requests[0].Line.ShouldBe("POST /deployments/x/chat/completions?api-version=2 HTTP/1.1");
    }
}
