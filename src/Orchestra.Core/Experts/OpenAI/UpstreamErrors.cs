using System.Text.Json;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Says what an error reply or an exception of an attempt means for the caller.</summary>
internal static class UpstreamErrors
{
    /// <summary>An error reply, read whole.</summary>
    /// <param name="status">The upstream's HTTP status.</param>
    /// <param name="body">What it said.</param>
    /// <param name="model">The model that was asked for.</param>
    /// <param name="endpoint">The endpoint's host and port.</param>
    /// <param name="retryAfter">When it wants to be asked again.</param>
    public static UpstreamFault FromStatus(int status, UpstreamErrorBody body, string model, string endpoint, TimeSpan? retryAfter)
    {
        var said = body.Message.Length > 0 ? $": {body.Message}" : ".";
        return status switch
        {
            400 or 413 or 422 when body.Code == "context_length_exceeded" =>
                // Another expert may have a larger window, so the request is not at fault as such.
                new UpstreamFault(ErrorCode.ContextLengthExceeded, 400, $"says that the prompt is longer than its context window; shorten it, or ask an expert with a larger window{said}"),
            400 or 413 or 422 => RequestFault(said),
            401 or 403 => Failed($"was refused by {endpoint}: its key is missing, wrong or not allowed to use this model. Set the environment variable that its ApiKeyEnv names."),
            402 => Failed($"has no credit left at {endpoint}; top the account up there."),
            404 when IsUnknownModel(body, model) => Failed($"is set to the model '{UpstreamErrorBody.Clean(model, null)}', which {endpoint} does not know; correct its Model."),
            404 when body.Message.Length > 0 => RequestFault(said),
            404 => Failed($"found no chat completions at {endpoint}; correct its Endpoint, which usually ends in /v1."),
            429 when body.Code == "insufficient_quota" => Failed($"has no quota left at {endpoint}; raise it there."),
            429 => new UpstreamFault(ErrorCode.Overloaded, 503, $"is limited in its rate by {endpoint}; try again later or raise its limit there{said}")
            {
                MayRetry = true,
                RetryAfter = retryAfter,
            },
            >= 300 and < 400 => Failed($"was redirected by {endpoint} (HTTP {status}), which is not followed; set its Endpoint to the new address."),
            408 or 500 or 502 or 503 or 504 or 529 => Failed($"failed at {endpoint} with HTTP {status}; try again later{said}") with
            {
                MayRetry = true,
                EndpointAtFault = true,
                RetryAfter = retryAfter,
            },
            >= 500 => Failed($"failed at {endpoint} with HTTP {status}{said}") with { EndpointAtFault = true },
            _ => Failed($"was refused by {endpoint} with HTTP {status}; check its Endpoint{said}"),
        };
    }

    /// <summary>An error event at the head of a stream, or in it.</summary>
    public static UpstreamFault FromEvent(UpstreamErrorBody body) =>
        Failed($"reported an error in its stream{(body.Message.Length > 0 ? $": {body.Message}" : "; try again later.")}") with { MayRetry = true, EndpointAtFault = true };

    /// <summary>An exception of an attempt.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="clock">The attempt's limits.</param>
    /// <param name="wasSent">Whether the request went out whole.</param>
    /// <param name="endpoint">The endpoint's host and port.</param>
    public static UpstreamFault FromException(Exception exception, CallClock clock, bool wasSent, string endpoint) => exception switch
    {
        UpstreamFaultException fault => fault.Fault,
        OperationCanceledException => new UpstreamFault(ErrorCode.UpstreamTimeout, 504, clock.TotalIsOver
            ? "took longer than its TotalTimeout; raise that, or ask for fewer tokens."
            : $"got no answer from {endpoint} in time; raise its AttemptTimeout or IdleTimeout, or ask another expert.")
        {
            MayRetry = !clock.TotalIsOver,
            EndpointAtFault = true,
            MayHaveCharged = wasSent,
            Cause = exception,
        },
        JsonException => UpstreamFault.Malformed($"got a reply from {endpoint} that is not a chat completion; check its Endpoint.", exception),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        } when !wasSent =>
            Failed($"cannot reach {endpoint}; start the server there or correct its Endpoint.") with { MayRetry = true, EndpointAtFault = true, Cause = exception },
        _ => Failed($"lost its connection to {endpoint} or got a broken reply; try again later.") with
        {
            MayRetry = true,
            EndpointAtFault = true,
            MayHaveCharged = wasSent,
            Cause = exception,
        },
    };

    private static UpstreamFault Failed(string text) => new(ErrorCode.UpstreamFailed, 502, text);

    private static UpstreamFault RequestFault(string said) =>
        new(ErrorCode.InvalidRequest, 400, $"refuses this request{(said.Length > 1 ? said : "; check its fields and values.")}") { RequestAtFault = true };

    /// <summary>"The model `x` does not exist" and its relatives; not every message that mentions the model.</summary>
    private static bool IsUnknownModel(UpstreamErrorBody body, string model)
    {
        if (body.Code is "model_not_found" or "invalid_model")
            return true;
        var named = body.Message.IndexOf(model, StringComparison.OrdinalIgnoreCase);
        if (named < 0 || !body.Message.AsSpan(0, named).Contains("model", StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = body.Message.AsSpan(named + model.Length);
        rest = rest[..Math.Min(rest.Length, 24)];
        return rest.Contains("not found", StringComparison.OrdinalIgnoreCase) || rest.Contains("not exist", StringComparison.OrdinalIgnoreCase);
    }
}
