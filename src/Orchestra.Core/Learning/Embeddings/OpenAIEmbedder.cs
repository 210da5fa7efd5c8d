using System.Globalization;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts.OpenAI;
using Polly;
using Polly.CircuitBreaker;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>Vectors from an OpenAI-compatible endpoint, asked once and without retries, since a decision waits for it; the last ones are remembered.</summary>
public sealed class OpenAIEmbedder : IEmbedder, IDisposable
{
    private const int Remembered = 1_024;
    private const int Places = 64;

    private readonly EmbeddingCalls _calls;
    private readonly VectorCache _cache = new(Remembered);
    private readonly ConcurrencyGate _gate;
    private readonly ResiliencePipeline _circuit;

    /// <summary>An embedder at an endpoint; throws <see cref="OrchestraException"/> where the settings are wrong.</summary>
    /// <param name="options">The settings, with an endpoint.</param>
    /// <param name="apiKey">The key, sent as bearer and shown nowhere; null where none is sent.</param>
    /// <param name="time">The clock of all its limits.</param>
    public OpenAIEmbedder(EmbeddingOptions options, string? apiKey, TimeProvider time)
    {
        var errors = new List<string>();
        EmbeddingOptionsValidator.Check(options, errors);
        ConfigurationErrors.ThrowIfAny(errors);
        if (options.Endpoint is null)
            throw new ArgumentException("The settings name no endpoint.", nameof(options));
        Dimensions = options.Dimensions;
        Id = string.Create(CultureInfo.InvariantCulture, $"openai-{options.Model}-{Dimensions}");
        _calls = new EmbeddingCalls(options, apiKey, time);
        // No queue: a decision goes on without a vector sooner than it waits for others'.
        _gate = new ConcurrencyGate(Places, queue: 0, options.Timeout, time);
        _circuit = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is UpstreamFaultException { Fault.EndpointAtFault: true }),
            })
            .Build();
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public bool IsLocal => false;

    /// <inheritdoc/>
    public async ValueTask EmbedAsync(string text, Memory<float> destination, CancellationToken ct)
    {
        if (destination.Length != Dimensions)
            throw new ArgumentException($"The destination must take exactly {Dimensions} numbers.", nameof(destination));
        ct.ThrowIfCancellationRequested();
        if (!text.Any(char.IsLetterOrDigit))
        {
            destination.Span.Clear();
            return;
        }

        var key = VectorKey.Of(text);
        if (_cache.Find(key) is not { } vector)
            _cache.Add(key, vector = await AskAsync(Shown(text), ct));
        vector.CopyTo(destination);
    }

    /// <summary>Closes the connections; calls under way fail.</summary>
    public void Dispose()
    {
        _calls.Dispose();
        _gate.Dispose();
    }

    private static string Shown(string text) =>
        Excerpt.Of(text, HashedEmbedder.MaxCharacters / 2, HashedEmbedder.MaxCharacters / 2);

    private async ValueTask<float[]> AskAsync(string text, CancellationToken ct)
    {
        if (!await _gate.EnterAsync(ct))
            throw _calls.ToException(new UpstreamFault(ErrorCode.Overloaded, 503, $"has {Places} calls under way; give it a faster machine."));
        try
        {
            return await _circuit.ExecuteAsync(static (state, stop) => state._calls.AskAsync(state.text, stop), (_calls, text), ct);
        }
        catch (UpstreamFaultException error)
        {
            throw _calls.ToException(error.Fault);
        }
        catch (BrokenCircuitException error)
        {
            throw _calls.ToException(new UpstreamFault(ErrorCode.UpstreamFailed, 502, "failed too often and is left alone for a while; look after it.") { RetryAfter = error.RetryAfter, Cause = error });
        }
        finally
        {
            _gate.Leave();
        }
    }
}
