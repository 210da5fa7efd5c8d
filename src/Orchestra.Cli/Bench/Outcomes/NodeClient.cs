using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>Asks a node over HTTP, as any client would, and reads what it reports of the query.</summary>
public sealed class NodeClient : IDisposable
{
    private const int MaxReplyBytes = 16 * 1024 * 1024;
    private const int MaxExperts = 64;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(15);
    private readonly HttpClient _http;

    /// <summary>A client of the node at this address.</summary>
    public NodeClient(OutcomesBenchOptions options)
    {
        // A proxy of the environment is not asked for this machine's own addresses.
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = options.Concurrency, AllowAutoRedirect = false, UseCookies = false, UseProxy = !options.Url.IsLoopback };
        _http = new HttpClient(handler) { BaseAddress = options.Url, Timeout = Timeout, MaxResponseContentBufferSize = MaxReplyBytes };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
    }

    /// <summary>Throws <see cref="OrchestraException"/> that says what to change where nothing listens or the key is refused.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(CheckTimeout);
        try
        {
            using var response = await _http.GetAsync("v1/models", HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw new OrchestraException(ErrorCode.InvalidApiKey, 401, $"The node at {_http.BaseAddress} refuses the key: give one of its tenant keys with --key or ORCHESTRA_API_KEY.");
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new OrchestraException(
                ErrorCode.UpstreamFailed, 502, $"Nothing answers at {_http.BaseAddress}: start a node with './orchestra serve', or give its address with --url.", exception);
        }
    }

    /// <summary>Asks one prompt; whatever goes wrong becomes the reply's error code.</summary>
    public async Task<NodeReply> AskAsync(string model, string prompt, CancellationToken ct)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(ChatRequest.FromText(model, prompt).Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.PostAsync("v1/chat/completions", content, ct);
            var body = await response.Content.ReadAsByteArrayAsync(ct);
            return response.IsSuccessStatusCode
                ? Reply(response, ChatCompletion.Parse(body).Text, errorCode: null)
                : Reply(response, text: null, ErrorCodeOf(body) ?? $"http_{(int)response.StatusCode}");
        }
        catch (HttpRequestException)
        {
            return Failed("connection_failed");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed("timeout");
        }
        catch (JsonException)
        {
            return Failed("invalid_reply");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static NodeReply Failed(string code) => new(null, code, null, [], null);

    private static NodeReply Reply(HttpResponseMessage response, string? text, string? errorCode)
    {
        var cost = Header(response, "x-orchestra-cost-usd");
        return new NodeReply(
            text,
            errorCode,
            decimal.TryParse(cost, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) ? dollars : null,
            [.. (Header(response, "x-orchestra-experts") ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxExperts)],
            Header(response, "x-orchestra-trajectory"));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static string? ErrorCodeOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var code = document.RootElement.GetProperty("error").GetProperty("code").GetString();
            return code is { Length: > 0 and <= 64 } && code.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-') ? code : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
