using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Orchestra.Client;

/// <summary>
/// Orchestra as an <see cref="IChatClient"/> over HTTP. OpenAI's SDK speaks the wire format; this adds what Orchestra says beyond it (<see cref="AnswerProperties"/>), errors with a stable code, and the end
/// of a stream that failed. <see cref="ChatOptions.ConversationId"/>, at most 128 characters, names the chat to which a query belongs; messages are sent whole all the same.
/// </summary>
public sealed class OrchestraChatClient : DelegatingChatClient
{
    /// <summary>The model that leaves the choice of experts to Orchestra.</summary>
    public const string DefaultModel = "orchestra";

    /// <summary>A client of a gateway.</summary>
    /// <param name="endpoint">The gateway's address, such as <c>http://127.0.0.1:8080</c>; with or without <c>/v1</c>.</param>
    /// <param name="apiKey">The API key.</param>
    /// <param name="model">The model: <c>orchestra</c>, or the name of an expert to go straight to it.</param>
    public OrchestraChatClient(Uri endpoint, string apiKey, string model = DefaultModel)
        : this(Connect(endpoint, apiKey, model, null))
    {
    }

    /// <summary>A client of a gateway over a connection of the caller's, which the caller disposes.</summary>
    /// <param name="http">Makes the calls; its <see cref="HttpClient.BaseAddress"/> is the gateway's. Its own timeout ends long answers.</param>
    /// <param name="apiKey">The API key.</param>
    /// <param name="model">The model: <c>orchestra</c>, or the name of an expert to go straight to it.</param>
    public OrchestraChatClient(HttpClient http, string apiKey, string model = DefaultModel)
        : this(Connect(http.BaseAddress ?? throw new ArgumentException("The client needs a BaseAddress: the gateway's.", nameof(http)), apiKey, model, http))
    {
    }

    private OrchestraChatClient(ChatClient client)
        : base(client.AsIChatClient())
    {
    }

    /// <summary>Answers as a whole; throws <see cref="OrchestraClientException"/>.</summary>
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var exchange = Exchange.Begin(options?.ConversationId);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            exchange.WriteTo(response.AdditionalProperties ??= []);
            return response;
        }
        catch (Exception error) when (Failure.IsKnown(error, cancellationToken))
        {
            throw Failure.Of(error, exchange);
        }
    }

    /// <summary>Answers piece by piece; throws <see cref="OrchestraClientException"/>, also in the middle. The last update carries <see cref="AnswerProperties"/>.</summary>
    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var exchange = Exchange.Begin(options?.ConversationId);
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        ChatResponseUpdate? latest = null;
        while (await NextAsync(updates, exchange, cancellationToken).ConfigureAwait(false))
        {
            // An error is an event like others, which the SDK reads as an update without contents.
            if (exchange.Error is not null)
                break;
            if (latest is not null)
                yield return latest;
            latest = updates.Current;
        }

        if (exchange.Error is null && exchange.IsWhole && latest is not null)
            exchange.WriteTo(latest.AdditionalProperties ??= []);
        if (latest is not null)
            yield return latest;
        if (exchange.Error is not null || !exchange.IsWhole)
            throw Failure.OfStream(exchange);
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, Exchange exchange, CancellationToken ct)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (Failure.IsKnown(error, ct))
        {
            throw exchange.Error is null ? Failure.Of(error, exchange) : Failure.OfStream(exchange);
        }
    }

    private static ChatClient Connect(Uri endpoint, string apiKey, string model, HttpClient? http)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) ? endpoint : new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/v1"),
            RetryPolicy = new TransientRetries(),
            // How long a query may take is for Orchestra and the caller's token to say.
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (http is not null)
            options.Transport = new HttpClientPipelineTransport(http);
        options.AddPolicy(new ExchangePolicy(), PipelinePosition.PerTry);
        return new ChatClient(model, new ApiKeyCredential(apiKey), options);
    }
}
