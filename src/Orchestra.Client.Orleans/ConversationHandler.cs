using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Orchestra.Core.Chat;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Client.Orleans;

/// <summary>Serves the requests of the HTTP client without HTTP: each becomes a query, and its answer a response as a gateway would give it.</summary>
/// <param name="conversations">Serves queries.</param>
/// <param name="caller">Who asks and pays.</param>
internal sealed class ConversationHandler(IConversations conversations, Caller caller) : HttpMessageHandler
{
    /// <summary>Where requests go that never leave the process.</summary>
    public static readonly Uri Address = new("http://orchestra.invalid/");

    /// <summary>What stands for a key where none is checked.</summary>
    public const string NoKey = "none";

    private const string Conversation = "x-orchestra-conversation";

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            var id = request.Headers.TryGetValues(Conversation, out var ids) ? ids.First() : null;
            if (id?.Length > Query.MaxConversationId)
                throw OrchestraException.Invalid(Conversation, $"The id of a conversation has at most {Query.MaxConversationId} characters.");
            return Respond(await conversations.AskAsync(new Query(caller, ChatRequestReader.Read(body)) { ConversationId = id }, cancellationToken).ConfigureAwait(false));
        }
        catch (OrchestraException error)
        {
            return Respond(error);
        }
    }

    private static HttpResponseMessage Respond(Answer answer)
    {
        var isStream = answer.Stream is not null;
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = isStream ? new StreamContent(new AnswerStream(answer)) : new ReadOnlyMemoryContent(answer.Body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue(isStream ? "text/event-stream" : "application/json");
        response.Headers.Add("x-orchestra-trajectory", answer.TrajectoryId);
        response.Headers.Add("x-orchestra-experts", string.Join(',', answer.Experts));
        if (!isStream)
            response.Headers.Add("x-orchestra-cost-usd", answer.Cost.ToString());
        return response;
    }

    private static HttpResponseMessage Respond(OrchestraException error)
    {
        var response = new HttpResponseMessage((HttpStatusCode)error.Status) { Content = new ByteArrayContent(AnswerStream.Body(error)) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        // The grains have tried again what is worth it.
        response.Headers.Add("x-should-retry", "false");
        if (error.TrajectoryId is { } trajectory)
            response.Headers.Add("x-orchestra-trajectory", trajectory);
        if (error.RetryAfter is { } wait)
            response.Headers.Add("Retry-After", Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        return response;
    }
}
