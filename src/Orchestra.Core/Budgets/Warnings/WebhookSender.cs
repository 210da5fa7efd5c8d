using System.Net.Http.Headers;
using System.Text.Json;

namespace Orchestra.Core.Budgets.Warnings;

/// <summary>Posts warnings to one address, signed.</summary>
public sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly HttpMessageInvoker _connections = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), MaxResponseDrainSize = 0, MaxResponseHeadersLength = 32,
    });

    private readonly Uri _address;
    private readonly string _secret;
    private readonly TimeProvider _time;

    /// <summary>A sender to an address.</summary>
    /// <param name="address">Where to post to.</param>
    /// <param name="secret">The secret shared with the receiver.</param>
    /// <param name="time">The clock.</param>
    public WebhookSender(Uri address, string secret, TimeProvider time)
    {
        _address = address;
        _secret = secret;
        _time = time;
    }

    /// <summary>Posts a warning; throws <see cref="HttpRequestException"/> where it was not taken with a status of 200 to 299, <see cref="TimeoutException"/> where that took too long.</summary>
    public async Task SendAsync(LedgerEntry entry, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        var warning = BudgetWarning.From(entry);
        var body = JsonSerializer.SerializeToUtf8Bytes(warning, BudgetWarningJson.Default.BudgetWarning);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(_secret, _time.GetUtcNow(), body));
        try
        {
            using var response = await _connections.SendAsync(request, either.Token);
            response.EnsureSuccessStatusCode();
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"The webhook did not answer within {Timeout.TotalSeconds} s.", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();
}
