using System.Text.Json;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>Single calls of an embeddings endpoint. What it says in its errors is not passed on: it may repeat the text.</summary>
internal sealed class EmbeddingCalls : IDisposable
{
    /// <summary>Bytes of a reply for each number of its vector; floats written in full have fewer than half.</summary>
    private const int MaxBytesOfNumber = 64;

    private const int MaxBytesBesides = 64 * 1024;

    private readonly EmbeddingOptions _options;
    private readonly string? _authorization;
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly Uri _address;
    private readonly HttpMessageInvoker _connections = new(UpstreamClient.CreateHandler(proxy: null), disposeHandler: true);

    public EmbeddingCalls(EmbeddingOptions options, string? apiKey, TimeProvider time)
    {
        _options = options;
        _authorization = apiKey is null ? null : $"Bearer {apiKey}";
        _time = time;
        var endpoint = new Uri(options.Endpoint!);
        _name = endpoint.Authority;
        _address = UpstreamEndpoint.AddressOf(endpoint, "embeddings");
    }

    private int MaxReply => MaxBytesBesides + (_options.Dimensions * MaxBytesOfNumber);

    /// <summary>The vector of a text, of length one; throws <see cref="UpstreamFaultException"/> where none comes in time.</summary>
    public async ValueTask<float[]> AskAsync(string text, CancellationToken ct)
    {
        using var clock = new CallClock(_time, _time.GetTimestamp(), _options.Timeout, _options.Timeout, ct);
        using var body = new PooledBody(text.Length + 256);
        WriteRequest(text, body);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new JsonBodyContent(body), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (_authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        try
        {
            using var response = await _connections.SendAsync(request, clock.Token);
            if (!response.IsSuccessStatusCode)
                throw new UpstreamFaultException(EmbeddingFaults.FromStatus((int)response.StatusCode));
            var reply = new UpstreamReply(response, await response.Content.ReadAsStreamAsync(clock.Token), clock, _options.Timeout);
            var bytes = await WholeReply.ReadStartAsync(reply, MaxReply + 1);
            return bytes.Length > MaxReply ? throw EmbeddingFaults.Malformed($"sent a reply of more than {MaxReply} bytes") : EmbeddingReply.Read(bytes, _options.Dimensions);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException or JsonException or InvalidOperationException or ObjectDisposedException)
        {
            ct.ThrowIfCancellationRequested();
            throw new UpstreamFaultException(EmbeddingFaults.FromException(error));
        }
    }

    /// <summary>The error that the caller sees.</summary>
    public OrchestraException ToException(UpstreamFault fault) =>
        new(fault.Code, fault.Status, $"The embeddings endpoint {_name} {fault.Text}", fault.Cause) { RetryAfter = fault.RetryAfter };

    public void Dispose() => _connections.Dispose();

    private void WriteRequest(string text, PooledBody body)
    {
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        writer.WriteString("model"u8, _options.Model);
        writer.WriteString("input"u8, text);
        writer.WriteString("encoding_format"u8, "float"u8);
        if (_options.Shorten)
            writer.WriteNumber("dimensions"u8, _options.Dimensions);
        writer.WriteEndObject();
    }
}
