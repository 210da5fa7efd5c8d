using Orchestra.Core.Errors;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Why one attempt failed.</summary>
/// <param name="Code">One of <see cref="ErrorCode"/>.</param>
/// <param name="Status">The HTTP status for the client when nothing else can answer.</param>
/// <param name="Text">What is wrong and what to change, to follow the expert's name.</param>
internal sealed record UpstreamFault(string Code, int Status, string Text)
{
    /// <summary>Whether the same request may succeed at another time or endpoint.</summary>
    public bool MayRetry { get; init; }

    /// <summary>Whether the endpoint is to blame, so that its circuit counts it.</summary>
    public bool EndpointAtFault { get; init; }

    /// <summary>Whether the request is to blame, so that every expert would refuse it.</summary>
    public bool RequestAtFault { get; init; }

    /// <summary>Whether the upstream may charge for it.</summary>
    public bool MayHaveCharged { get; init; }

    /// <summary>When the upstream wants to be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What caused it.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The reply has not the form that the API gives it.</summary>
    public static UpstreamFault Malformed(string text, Exception? cause = null) =>
        new(ErrorCode.UpstreamFailed, 502, text) { MayRetry = true, EndpointAtFault = true, MayHaveCharged = true, Cause = cause };

    /// <summary>The error that the caller sees.</summary>
    public ExpertException ToException(string expert) => new(expert, Code, Status, $"The expert '{expert}' {Text}", Cause)
    {
        RequestAtFault = RequestAtFault,
        MayHaveCharged = MayHaveCharged,
        RetryAfter = RetryAfter,
    };
}
