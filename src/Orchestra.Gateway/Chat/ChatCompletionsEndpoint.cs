using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Chat;
using Orchestra.Core.Configuration;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;
using Orchestra.Core.Limits;
using Orchestra.Core.Tenants;
using Orchestra.Gateway.Authentication;
using Orchestra.Gateway.Errors;

namespace Orchestra.Gateway.Chat;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatCompletionsEndpoint(
    IConversations conversations, ApiKeyAuthenticator keys, RateLimiter limiter, GatewayOptions options)
{
    /// <summary>Output tokens that count against the limit of tokens per minute before the answer is known.</summary>
    private const int LikelyOutput = 256;

    /// <summary>Serves one query.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (BearerToken.Of(context.Request) is not { } token || await keys.AuthenticateAsync(token, ct) is not { } caller)
            throw BearerToken.Refused("API key", "the node printed one at its first start, and POST /admin/tenants/{id}/keys makes more");
        using var lease = limiter.Of(caller);
        context.Features.Set(lease);
        lease.Begin();
        var conversation = ConversationId(context.Request);
        var body = await RequestBody.ReadAsync(context.Request, options.MaxBodyBytes, ct);
        var request = ChatRequestReader.Read(body);
        lease.Take(request.LikelyPromptTokens + Math.Min(request.MaxOutputTokens ?? LikelyOutput, LikelyOutput));
        var answer = await conversations.AskAsync(new Query(caller, request) { ConversationId = conversation }, ct);
        try
        {
            await WriteAsync(context, answer, lease, ct);
        }
        finally
        {
            lease.Used(answer.Tokens);
        }
    }

    private static string? ConversationId(HttpRequest request)
    {
        var header = request.Headers[RequestHeaders.Conversation];
        if (header.Count == 0)
            return null;
        return header.Count == 1 && header[0] is { Length: > 0 and <= Query.MaxConversationId } id
            ? id
            : throw OrchestraException.Invalid(RequestHeaders.Conversation, $"The header {RequestHeaders.Conversation} takes one value of 1 to {Query.MaxConversationId} characters.");
    }

    private static async Task WriteAsync(HttpContext context, Answer answer, RateLease lease, CancellationToken ct)
    {
        var response = context.Response;
        RateLimitHeaders.Write(response, lease);
        response.Headers[ResponseHeaders.Trajectory] = answer.TrajectoryId;
        response.Headers[ResponseHeaders.Experts] = answer.Experts.Count == 1 ? answer.Experts[0] : string.Join(',', answer.Experts);
        if (answer.Stream is { } chunks)
        {
            await StreamAsync(response, answer, chunks, ct);
            return;
        }

        response.Headers[ResponseHeaders.Cost] = answer.Cost.ToString();
        response.ContentType = "application/json";
        response.ContentLength = answer.Body.Length;
        await response.BodyWriter.WriteAsync(answer.Body, ct);
    }

    private static async Task StreamAsync(HttpResponse response, Answer answer, IAsyncEnumerable<ReplyChunk> chunks, CancellationToken ct)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";   // otherwise reverse proxies hold events back
        var output = response.BodyWriter;
        try
        {
            await foreach (var chunk in chunks.WithCancellation(ct))
                await output.WriteAsync(chunk.Events, answer.Until);
            output.Write(Encoding.ASCII.GetBytes($": {ResponseHeaders.Cost} {answer.Cost}\n\ndata: [DONE]\n\n"));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The client does not read: there is no way to tell it that its time is over.
            response.HttpContext.Abort();
            return;
        }
        catch (OrchestraException error)
        {
            output.Write("data: "u8);
            output.Write(ErrorResponse.Body(error));
            output.Write(Encoding.ASCII.GetBytes($"\n\n: {ResponseHeaders.Cost} {answer.Cost}\n\n"));
        }

        await output.FlushAsync(ct);
    }
}
