using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>What the upstreams of experts do, and requests that ask for it.</summary>
internal static class Upstreams
{
    private const string Silent = "keep-silent";
    private const string Begin = "begin-and-stop";

    /// <summary>Answers everything, whole or as a stream.</summary>
    public static async Task AnswerAsync(FaultyExchange exchange)
    {
        if (!exchange.Request.Body.Contains("\"stream\":true", StringComparison.Ordinal))
        {
            await exchange.ReplyAsync(200, Replies.Completion("hello"));
            return;
        }

        await exchange.BeginAsync();
        await exchange.ChunkAsync(Replies.Role + Replies.Delta("hel"));
        await exchange.ChunkAsync(Replies.Delta("lo") + Replies.Stop + Replies.Usage + Replies.Done);
        await exchange.EndAsync();
    }

    /// <summary>Answers, except that a question may make it keep silent, or begin a stream and never end it.</summary>
    public static async Task HoldAsync(FaultyExchange exchange)
    {
        if (exchange.Request.Body.Contains(Silent, StringComparison.Ordinal))
        {
            await exchange.UntilClientLeavesAsync();
            return;
        }

        if (!exchange.Request.Body.Contains(Begin, StringComparison.Ordinal))
        {
            await AnswerAsync(exchange);
            return;
        }

        await exchange.BeginAsync();
        await exchange.ChunkAsync(Replies.Role + Replies.Delta("hel"));
        await exchange.UntilClientLeavesAsync();
    }

    /// <summary>A question to which <see cref="HoldAsync"/> keeps silent.</summary>
    public static HttpRequestMessage AskSilent(bool stream) => Ask(Silent, stream);

    /// <summary>A question that <see cref="HoldAsync"/> begins to answer.</summary>
    public static HttpRequestMessage AskBegin(string? conversation = null) => Ask(Begin, stream: true, conversation);

    /// <summary>A question that is answered.</summary>
    public static HttpRequestMessage Ask(string question = "Hi", bool stream = false, string? conversation = null)
    {
        var body = $$"""{"model":"small","stream":{{(stream ? "true" : "false")}},"max_tokens":64,"messages":[{"role":"user","content":"{{question}}"}]}""";
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body) };
        if (conversation is not null)
            request.Headers.Add("x-orchestra-conversation", conversation);
        return request;
    }
}
