using System.Text.Json;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>Says what is wrong with an embeddings endpoint and what to change, to follow its name.</summary>
internal static class EmbeddingFaults
{
    /// <summary>An error reply.</summary>
    public static UpstreamFault FromStatus(int status) => status switch
    {
        401 or 403 => Failed("refused the key: set the environment variable that Orchestra:Learning:Embeddings:ApiKeyEnv names."),
        404 => Failed("has no such model or path; correct Orchestra:Learning:Embeddings:Model, or its Endpoint, which usually ends in /v1."),
        // Only the text differs from one call to the next, so it may be at fault and the endpoint is asked again.
        400 or 413 or 422 => new UpstreamFault(ErrorCode.UpstreamFailed, 502, $"refused the text with HTTP {status}; where it does so every time, check its Model, and set Shorten to false where the model has one length only."),
        >= 300 and < 400 => Failed($"redirects with HTTP {status}, which is not followed; set its Endpoint to the new address."),
        _ => Failed($"failed with HTTP {status}; try again later, or look after it."),
    };

    /// <summary>An exception of a call.</summary>
    public static UpstreamFault FromException(Exception error) => error switch
    {
        OperationCanceledException => new UpstreamFault(ErrorCode.UpstreamTimeout, 504, "took longer than its Timeout; raise that, or give it a faster machine.") { EndpointAtFault = true, Cause = error },
        // Its message would quote the reply.
        JsonException or InvalidOperationException => Malformed("sent a reply that is not JSON").Fault,
        _ => Failed("cannot be reached or broke its reply off; start it, or correct its Endpoint.") with { Cause = error },
    };

    /// <summary>A reply that has not the form that the API gives it.</summary>
    public static UpstreamFaultException Malformed(string what) => new(Failed($"{what}; check its Endpoint and Model."));

    private static UpstreamFault Failed(string text) => new(ErrorCode.UpstreamFailed, 502, text) { EndpointAtFault = true };
}
