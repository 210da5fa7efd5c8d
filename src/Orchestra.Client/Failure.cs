using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;

namespace Orchestra.Client;

/// <summary>Turns what the SDK throws, and error events, into <see cref="OrchestraClientException"/>.</summary>
internal static class Failure
{
    /// <summary>Whether an error is of the exchange, and not of the caller, who may have given up.</summary>
    public static bool IsKnown(Exception error, CancellationToken ct) => error is ClientResultException or HttpRequestException or IOException && !ct.IsCancellationRequested;

    /// <summary>The exception that stands for an error.</summary>
    public static OrchestraClientException Of(Exception error, Exchange exchange)
    {
        if (error is not ClientResultException result || result.GetRawResponse() is not { } response)
            return new OrchestraClientException(OrchestraClientException.Unreachable, 0, "Orchestra did not answer: see the inner exception, and check the address.", error) { IsWorthARetry = true, Trajectory = exchange.Trajectory };
        var body = Read(response);
        return new OrchestraClientException(Text(body, "code") ?? "unknown", response.Status, Text(body, "message") ?? $"The gateway answered {response.Status} without saying why.", error)
        {
            Param = Text(body, "param"),
            RetryAfter = RetryAfter(response),
            IsWorthARetry = response.Status is 408 or 409 or 429 or >= 500 && !TransientRetries.IsInVain(response),
            Trajectory = exchange.Trajectory,
        };
    }

    /// <summary>The exception of a stream that ended in an error event, or without its end mark.</summary>
    public static OrchestraClientException OfStream(Exchange exchange) => exchange.Error is { } error
        ? new OrchestraClientException(Text(error, "code") ?? "unknown", 200, Text(error, "message") ?? "The stream ended in an error.") { Param = Text(error, "param"), Trajectory = exchange.Trajectory }
        : new OrchestraClientException(OrchestraClientException.StreamCut, 200, "The stream ended before its end mark, so the answer is not whole. Ask again.") { IsWorthARetry = true, Trajectory = exchange.Trajectory };

    private static JsonElement Read(PipelineResponse response)
    {
        try
        {
            using var json = JsonDocument.Parse(response.Content);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error"u8, out var error) ? error.Clone() : default;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // A proxy in between answered.
            return default;
        }
    }

    private static string? Text(JsonElement error, string field) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TimeSpan? RetryAfter(PipelineResponse response) =>
        response.Headers.TryGetValue("Retry-After", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
