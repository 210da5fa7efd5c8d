using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Nodes;

/// <summary>Talks to a running node; every failure is one sentence that says what to change.</summary>
internal sealed class NodeClient : IDisposable
{
    private const int MaxErrorBytes = 64 * 1024;

    private readonly Uri _url;
    private readonly HttpClient _http;

    public NodeClient(Uri url, string key)
    {
        _url = url;
        // No redirects and no proxy on loopback: the key goes to the node and nowhere else.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !url.IsLoopback }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends the request and returns a successful response whose body has not been read yet.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw new CommandException($"Nothing answers at {_url}. Start the node with ./orchestra serve, or give its address with --url.", inner: error);
        }
        catch (HttpRequestException error)
        {
            throw new CommandException($"What answers at {_url} is not an Orchestra node: {error.Message}", inner: error);
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw new CommandException($"The node at {_url} did not answer within {_http.Timeout.TotalMinutes:0} minutes.", inner: error);
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
            throw new CommandException($"The node's answer could not be read: {error.Message}", inner: error);
        }
    }

    private static async Task<CommandException> DescribeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var (message, code) = await ReadErrorAsync(response, ct);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new CommandException($"The node does not accept this key: {message}"),
            _ => new CommandException(code is null ? $"{message} (HTTP {(int)response.StatusCode})" : $"{message} ({code})"),
        };
    }

    private static async Task<(string Message, string? Code)> ReadErrorAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            using var json = await ReadJsonAsync(response, MaxErrorBytes, ct);
            return NodeError.Read(json.RootElement) ?? ("The node refused the request.", null);
        }
        catch (CommandException)
        {
            return ("The node refused the request and did not say why.", null);
        }
    }
}
