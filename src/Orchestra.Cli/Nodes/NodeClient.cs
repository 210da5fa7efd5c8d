using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Orchestra.Cli.Nodes;

/// <summary>Talks to a running node; every failure is one sentence that says what to change.</summary>
internal sealed class NodeClient : IDisposable
{
    private const int MaxErrorBytes = 64 * 1024;
    private const int MaxCodeLength = 64;
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(15);
    private readonly Uri _url;
    private readonly HttpClient _http;

    public NodeClient(Uri url, string key)
    {
        _url = url;
        // No redirects and no proxy on loopback: the key goes to the node and nowhere else.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !url.IsLoopback }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Makes sure that a node answers, soon, and takes the key.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(CheckTimeout);
        try
        {
            using var response = await SendAsync(HttpMethod.Get, "v1/models", null, patience.Token);
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw Unreachable(error);
        }
    }

    /// <summary>Sends the request and returns a successful response whose body has not been read yet.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken ct) => SendAsync(method, path, body, null, ct);

    /// <summary>As above, for a change that is to be made to one version only.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, long? ifVersion, CancellationToken ct) =>
        SendAsync(method, path, body, ifVersion, null, ct);

    /// <summary>As above, for a change that counts once under its key.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, long? ifVersion, string? operationKey, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        if (ifVersion is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        if (operationKey is not null)
            request.Headers.Add("Idempotency-Key", operationKey);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw Unreachable(error);
        }
        catch (HttpRequestException error)
        {
            throw new NodeException($"What answers at {_url} is not an Orchestra node: {error.Message}", "connection_failed", error);
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw new NodeException($"The node at {_url} did not answer within {_http.Timeout.TotalMinutes:0} minutes.", "timeout", error);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await DescribeAsync(response, ct);
    }

    /// <summary>The body as JSON, read to at most <paramref name="most"/> bytes.</summary>
    public static async Task<JsonDocument> ReadJsonAsync(HttpResponseMessage response, int most, CancellationToken ct)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(most, ct);
            return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), default, ct);
        }
        catch (Exception error) when (error is JsonException or HttpRequestException or IOException)
        {
            throw new NodeException($"The node's answer could not be read: {error.Message}", "invalid_reply", error) { Report = NodeReport.Of(response) };
        }
    }

    private NodeException Unreachable(Exception error) =>
        new($"Nothing answers at {_url}. Start the node with ./orchestra serve, or give its address with --url.", "connection_failed", error);

    private static async Task<NodeException> DescribeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var (message, code) = await ReadErrorAsync(response, ct);
        var status = (int)response.StatusCode;
        var text = response.StatusCode == HttpStatusCode.Unauthorized ? $"The node does not accept this key: {message}" : $"{message} ({code ?? $"HTTP {status}"})";
        return new NodeException(text, code is { Length: > 0 and <= MaxCodeLength } ? code : $"http_{status}") { Report = NodeReport.Of(response) };
    }

    private static async Task<(string Message, string? Code)> ReadErrorAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            using var json = await ReadJsonAsync(response, MaxErrorBytes, ct);
            return NodeError.Read(json.RootElement) ?? ("The node refused the request.", null);
        }
        catch (NodeException)
        {
            return ("The node refused the request and did not say why.", null);
        }
    }
}
