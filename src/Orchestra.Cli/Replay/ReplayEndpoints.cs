using Microsoft.AspNetCore.Http;
using Orchestra.Core;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;

namespace Orchestra.Cli.Replay;

/// <summary>The paths of a replay server.</summary>
/// <param name="table">The recorded responses.</param>
/// <param name="latency">Whether replies take as long as recorded.</param>
/// <param name="time">Measures that.</param>
/// <param name="ids">Names the replies.</param>
internal sealed class ReplayEndpoints(ReplayTable table, bool latency, TimeProvider time, IdGenerator ids)
{
    /// <summary>Answers one HTTP request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        try
        {
            var answering = (context.Request.Method, context.Request.Path.Value) switch
            {
                ("POST", "/v1/chat/completions") => AnswerAsync(context, ct),
                ("GET", "/v1/models") => ReplayJson.WriteModelsAsync(context.Response, table.Models, ct),
                ("GET", "/healthz" or "/readyz") => context.Response.WriteAsync("ok", ct),
                _ => throw new OrchestraException(ErrorCode.NotFound, 404, "A replay server has only POST /v1/chat/completions, GET /v1/models, GET /healthz and GET /readyz."),
            };
            await answering;
        }
        catch (OrchestraException exception)
        {
            await ReplayJson.WriteErrorAsync(context.Response, exception.Status, exception.Code, exception.Message, exception.Param, ct);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            var (code, message) = exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? (ErrorCode.BodyTooLarge, $"The request body is larger than {ReplayServer.MaxBodyBytes} bytes.")
                : (ErrorCode.InvalidRequest, "The request body could not be read whole.");
            await ReplayJson.WriteErrorAsync(context.Response, exception.StatusCode, code, message, param: null, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client went away: nobody is left to tell.
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, ct);
        var request = ChatRequestReader.Read(body.ToArray());
        if (request.Choices > 1)
            throw OrchestraException.Invalid("n", "A replay has one recorded response to a prompt: leave 'n' out or set it to 1.");
        var reply = table.Find(request);
        var id = ids.Next("chatcmpl-");
        var created = time.GetUtcNow();
        if (request.Stream)
        {
            await new ReplayStream(context.Response, id, request.Model, created).WriteAsync(reply, request.IncludeUsage, latency ? time : null, ct);
            return;
        }

        if (latency)
            await Task.Delay(reply.Latency, time, ct);
        var completion = ChatCompletionWriter.FromText(id, request.Model, created, reply.Text, reply.Usage);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = completion.Body.Length;
        await context.Response.Body.WriteAsync(completion.Body, ct);
    }
}
