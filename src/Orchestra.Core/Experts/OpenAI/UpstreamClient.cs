using Microsoft.Extensions.Logging;
using Orchestra.Core.Errors;
using Polly;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>The connections to an expert's endpoints, and the retries over them.</summary>
internal sealed class UpstreamClient : IDisposable
{
    private readonly HttpMessageInvoker _connections;
    private readonly ResiliencePipeline<UpstreamAttempt> _retry;

    public UpstreamClient(OpenAIExpertOptions options, TimeProvider time, ILogger logger, HttpMessageHandler handler)
    {
        Options = options;
        Time = time;
        Logger = logger;
        Authorization = options.ApiKey is { } key ? $"Bearer {key}" : null;
        Endpoints =
        [
            .. options.Endpoints.Select(endpoint => new UpstreamEndpoint(
                endpoint.Authority,
                UpstreamEndpoint.AddressOf(endpoint, "chat/completions"),
                UpstreamPipelines.Circuit(options, endpoint.Authority, time, logger))),
        ];
        _retry = UpstreamPipelines.Retry(options, time);
        _connections = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    public OpenAIExpertOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    /// <summary>The header's value; null where the expert has no key.</summary>
    public string? Authorization { get; }

    public UpstreamEndpoint[] Endpoints { get; }

    /// <summary>The handler that forwards and does nothing else; HTTP/1.1, so that a call that ends early takes its connection with it.</summary>
    public static SocketsHttpHandler CreateHandler(Uri? proxy) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy is null ? null : new System.Net.WebProxy(proxy),
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxResponseHeadersLength = 32,
        // Nobody waits for the rest of a reply that is given up: its connection is closed at once, which tells the upstream to stop working.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
    };

    /// <summary>
    /// Sends a call until a reply has come whole or begun to stream, or there is no point in trying on. Throws <see cref="CallNotSentException"/> where the
    /// caller went away before any attempt could be charged for.
    /// </summary>
    public async ValueTask OpenAsync(UpstreamCall call, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        try
        {
            var outcome = await _retry.ExecuteOutcomeAsync(static (context, call) => call.AttemptAsync(context), context, call);
            if (outcome.Exception is OperationCanceledException && ct.IsCancellationRequested && !call.MayHaveCharged)
                throw new CallNotSentException(ct);
            outcome.ThrowIfException();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        if (call.Fault is { } fault)
            throw fault.ToException(Options.Name);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => _connections.SendAsync(request, ct);

    public void Dispose() => _connections.Dispose();
}
