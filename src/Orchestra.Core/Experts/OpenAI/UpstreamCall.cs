using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Polly;
using Polly.CircuitBreaker;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>One call on its way through attempts, endpoints and retries: what is sent, and what became of the last attempt.</summary>
internal sealed class UpstreamCall : IDisposable
{
    private const int MaxErrorBytes = 64 * 1024;

    private readonly UpstreamClient _client;
    private readonly ExpertCall _call;
    private readonly bool _stream;
    private readonly CancellationToken _caller;
    private readonly long _start;
    private readonly PooledBody _body;
    private UpstreamEndpoint _endpoint;
    private int _next;
    private int _visited;
    private CallClock? _clock;
    private HttpResponseMessage? _response;

    public UpstreamCall(UpstreamClient client, ExpertCall call, bool stream, CancellationToken caller)
    {
        _client = client;
        _call = call;
        _stream = stream;
        _caller = caller;
        _start = client.Time.GetTimestamp();
        _endpoint = client.Endpoints[0];
        _body = new PooledBody(call.Request.Body.Length + 256);
        ChatRequestWriter.Write(call.Request, call.Edits, client.Options.Model, stream, client.Options.MaxTokensField, _body);
    }

    /// <summary>The whole answer, where one came.</summary>
    public ChatCompletion? Completion { get; private set; }

    /// <summary>The stream, its first chunk read, where one has begun.</summary>
    public EventStream? Events { get; private set; }

    /// <summary>Why the last attempt failed; null where it did not.</summary>
    public UpstreamFault? Fault { get; private set; }

    /// <summary>Whether an upstream may charge for an attempt so far.</summary>
    public bool MayHaveCharged { get; private set; }

    /// <summary>Whether there is an endpoint or a time at which the request may still succeed.</summary>
    public bool ShouldRetry =>
        Fault is { MayRetry: true } && (HasNewEndpoint || Fault.RetryAfter is not { } wait || (wait <= OpenAIExpertOptions.MaxRetryAfter && wait < Left));

    /// <summary>How long to wait before that; null leaves it to the exponential backoff.</summary>
    public TimeSpan? RetryDelay => HasNewEndpoint ? TimeSpan.Zero : Fault?.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : null;

    private OpenAIExpertOptions Options => _client.Options;

    private bool HasNewEndpoint => _visited < _client.Endpoints.Length;

    private TimeSpan Left => Options.TotalTimeout - _client.Time.GetElapsedTime(_start);

    /// <summary>One attempt at the next endpoint whose circuit is not open.</summary>
    public async ValueTask<Outcome<UpstreamAttempt>> AttemptAsync(ResilienceContext context)
    {
        TimeSpan? rest = null;
        for (var count = 0; count < _client.Endpoints.Length; count++)
        {
            _endpoint = _client.Endpoints[_next];
            _next = (_next + 1) % _client.Endpoints.Length;
            _visited++;
            var outcome = await _endpoint.Circuit.ExecuteOutcomeAsync(static (_, call) => call.SendAsync(), context, this);
            if (outcome.Exception is not BrokenCircuitException open)
                return outcome;
            rest = open.RetryAfter is { } until && (rest is null || until < rest) ? until : rest;
        }

        Fail(new UpstreamFault(ErrorCode.UpstreamFailed, 502, "failed too often and is left alone for a while; try again later, or look after its endpoint.") { RetryAfter = rest });
        return Outcome.FromResult(new UpstreamAttempt(this));
    }

    /// <summary>Reads the stream's next chunk behind the first; false at its end.</summary>
    public async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            return await Events!.MoveNextAsync();
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            _caller.ThrowIfCancellationRequested();
            var fault = UpstreamErrors.FromException(exception, _clock!, wasSent: true, _endpoint.Name);
            throw (fault with { MayHaveCharged = true }).ToException(Options.Name);
        }
    }

    /// <summary>Tells of the retry that comes next.</summary>
    public void LogRetry(TimeSpan delay)
    {
        if (HasNewEndpoint)
            OpenAIExpert.LogFailover(_client.Logger, Options.Name, _endpoint.Name, Fault!.Code, _client.Endpoints[_next].Name);
        else
            OpenAIExpert.LogRetry(_client.Logger, Options.Name, _endpoint.Name, Fault!.Code, delay.TotalMilliseconds);
    }

    public void Dispose()
    {
        Release();
        _body.Dispose();
    }

    private async ValueTask<Outcome<UpstreamAttempt>> SendAsync()
    {
        Fault = null;
        var clock = _clock = new CallClock(_client.Time, _start, Options.TotalTimeout, Options.AttemptTimeout, _caller);
        using var request = Request(out var content);
        try
        {
            var response = _response = await _client.SendAsync(request, clock.Token);
            var reply = new UpstreamReply(response, await response.Content.ReadAsStreamAsync(clock.Token), clock, Options.IdleTimeout);
            if (response.IsSuccessStatusCode)
                await ReceiveAsync(reply);
            else
                Fail(await ReadErrorAsync(response, reply));
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            if (_caller.IsCancellationRequested)
            {
                MayHaveCharged |= content.WasSent;
                Release();
                return Outcome.FromException<UpstreamAttempt>(new OperationCanceledException(_caller));
            }

            Fail(UpstreamErrors.FromException(exception, clock, content.WasSent, _endpoint.Name));
        }

        if (Fault is not null || Events is null)
            Release();
        return Outcome.FromResult(new UpstreamAttempt(this));
    }

    private async ValueTask ReceiveAsync(UpstreamReply reply)
    {
        var type = reply.MediaType;
        if (_stream && type == "text/event-stream")
        {
            var scanner = new EventScanner(Options.MaxLineBytes, _call.IncludeUsage, _call.Edits.Bare ? 1 : _call.Request.Choices, Options.ApiKey);
            Events = new EventStream(reply, scanner, Options.IdleTimeout);
            if (!await Events.MoveNextAsync())
                throw new UpstreamFaultException(UpstreamFault.Malformed("sent a stream without an answer; try again later."));
            reply.Begin();
        }
        else if (type == "application/json")
        {
            reply.Begin();
            Completion = ChatCompletion.Parse(await WholeReply.ReadAsync(reply, Options.MaxReplyBytes));
        }
        else
        {
            throw new UpstreamFaultException(UpstreamFault.Malformed(
                $"answered with the content type '{UpstreamErrorBody.Clean(type, Options.ApiKey)}' instead of {(_stream ? "text/event-stream" : "application/json")}; check its Endpoint.") with { MayRetry = false });
        }
    }

    private async ValueTask<UpstreamFault> ReadErrorAsync(HttpResponseMessage response, UpstreamReply reply)
    {
        var body = Array.Empty<byte>();
        try
        {
            reply.Begin();
            body = await WholeReply.ReadStartAsync(reply, MaxErrorBytes);
        }
        catch (Exception exception) when (IsExpected(exception) && !_caller.IsCancellationRequested)
        {
            // The status says enough.
        }

        var wait = RetryAfterHeader.Read(response.Headers, _client.Time.GetUtcNow());
        return UpstreamErrors.FromStatus((int)response.StatusCode, UpstreamErrorBody.Read(body, Options.ApiKey), Options.Model, _endpoint.Name, wait);
    }

    private HttpRequestMessage Request(out JsonBodyContent content)
    {
        content = new JsonBodyContent(_body);
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.Address)
        {
            Content = content,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("Accept", _stream ? "text/event-stream" : "application/json");
        if (_client.Authorization is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    private void Fail(UpstreamFault fault)
    {
        // An earlier attempt that may have been charged is not undone by a later one that was refused.
        MayHaveCharged |= fault.MayHaveCharged;
        Fault = fault with { MayHaveCharged = MayHaveCharged };
    }

    private void Release()
    {
        _response?.Dispose();
        _response = null;
        Events?.Dispose();
        Events = null;
        _clock?.Dispose();
        _clock = null;
    }

    private static bool IsExpected(Exception exception) =>
        exception is UpstreamFaultException or HttpRequestException or IOException or OperationCanceledException or JsonException or ObjectDisposedException;
}
