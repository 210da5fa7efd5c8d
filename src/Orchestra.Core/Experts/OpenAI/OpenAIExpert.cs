using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Chat;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>A chat model behind an OpenAI-compatible endpoint; requests and replies pass through it as bytes.</summary>
public sealed partial class OpenAIExpert : IExpert, IDisposable
{
    private readonly OpenAIExpertOptions _options;
    private readonly UpstreamClient _client;
    private readonly ConcurrencyGate _gate;
    private readonly IDisposable _watch;
    private readonly ExpertDescriptor _descriptor;
    private readonly ExpertDescriptor _withoutStreams;
    private volatile bool _ignoresStream;

    /// <summary>An expert with these settings; throws <see cref="OrchestraException"/> where they are wrong.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock of all its limits.</param>
    /// <param name="logger">Hears of retries, failovers and circuits; never of prompts or keys.</param>
    /// <param name="handler">Makes the HTTP handler, which must speak HTTP/1.1 and follow no redirects; null for the usual one.</param>
    public OpenAIExpert(OpenAIExpertOptions options, TimeProvider time, ILogger logger, Func<HttpMessageHandler>? handler = null)
    {
        ConfigurationErrors.ThrowIfAny(OpenAIExpertOptionsValidator.Errors(options));
        _options = options;
        _client = new UpstreamClient(options, time, logger, handler?.Invoke() ?? UpstreamClient.CreateHandler(options.Proxy));
        _gate = new ConcurrencyGate(options.MaxConcurrency, options.MaxQueue, options.QueueTimeout, time);
        _watch = ExpertInstruments.Watch(options.Name, () => _gate.Waiting, () => _gate.Running);
        _descriptor = Describe(options);
        _withoutStreams = _descriptor with { Streams = false };
    }

    /// <summary>What a conductor may know of an expert with these settings.</summary>
    public static ExpertDescriptor Describe(OpenAIExpertOptions options) => new()
    {
        Name = options.Name,
        Kind = "openai",
        Price = options.Price,
        Skills = options.Skills,
        ContextWindow = options.ContextWindow,
        MaxOutputTokens = options.MaxOutputTokens,
        Streams = options.Streams,
        RefusedFields = options.RefusedFields ?? (options.Price.IsFree ? [] : ["service_tier"]),
    };

    /// <summary>What a conductor may know of it; an endpoint that answered a stream as a whole is not taken for one that streams until it does.</summary>
    public ExpertDescriptor Descriptor => _ignoresStream ? _withoutStreams : _descriptor;

    /// <summary>Calls that wait for a place now.</summary>
    internal int Waiting => _gate.Waiting;

    /// <inheritdoc/>
    public async Task<ExpertReply> AskAsync(ExpertCall call, CancellationToken ct)
    {
        if (!await _gate.EnterAsync(ct))
            throw Overloaded();
        try
        {
            using var upstream = new UpstreamCall(_client, call, stream: false, ct);
            await _client.OpenAsync(upstream, ct);
            var completion = upstream.Completion!;
            return new ExpertReply(completion, completion.Usage ?? Estimate(call, completion));
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReplyChunk> StreamAsync(ExpertCall call, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!await _gate.EnterAsync(ct))
            throw Overloaded();
        try
        {
            using var upstream = new UpstreamCall(_client, call, _options.Streams, ct);
            await _client.OpenAsync(upstream, ct);
            _ignoresStream = upstream.Completion is not null;
            if (upstream.Completion is { } completion)
            {
                yield return ToEvents(call, completion);
                yield break;
            }

            do
                yield return upstream.Events!.Current;
            while (await upstream.MoveNextAsync());
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Closes the connections; calls under way fail.</summary>
    public void Dispose()
    {
        _watch.Dispose();
        _client.Dispose();
        _gate.Dispose();
    }

    private ReplyChunk ToEvents(ExpertCall call, ChatCompletion completion)
    {
        try
        {
            return ChatCompletionEvents.FromCompletion(completion, call.IncludeUsage, completion.Usage ?? Estimate(call, completion));
        }
        catch (JsonException exception)
        {
            throw UpstreamFault.Malformed("sent a reply that is not a chat completion; check its Endpoint.", exception).ToException(_options.Name);
        }
    }

    private ExpertException Overloaded() => new(
        _options.Name, ErrorCode.Overloaded, 503,
        $"The expert '{_options.Name}' has {_options.MaxConcurrency} calls under way and no place in its queue of {_options.MaxQueue} became free in time; try again later, or raise its MaxConcurrency.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private static TokenUsage Estimate(ExpertCall call, ChatCompletion completion) =>
        UsageEstimate.Of(call, completion.OutputBytes);
}
