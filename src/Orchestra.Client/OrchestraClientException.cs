namespace Orchestra.Client;

/// <summary>A query that Orchestra did not answer, or whose stream ended in an error: a stable code, and whether a retry may help.</summary>
/// <param name="code">The stable code, one of those that docs/api.md lists; <c>stream_cut</c> where a stream ended without its end mark.</param>
/// <param name="status">The HTTP status; 0 where no answer came, and 200 where an error ended a stream that had begun.</param>
/// <param name="message">What is wrong and what to change.</param>
/// <param name="inner">What caused it.</param>
public sealed class OrchestraClientException(string code, int status, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The code of a stream that ended without its end mark.</summary>
    public const string StreamCut = "stream_cut";

    /// <summary>The code where no answer came at all.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status; 0 where no answer came.</summary>
    public int Status { get; } = status;

    /// <summary>The request's field at fault; null where none is.</summary>
    public string? Param { get; init; }

    /// <summary>When a retry may succeed; null where a retry does not help or the time is unknown.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may succeed later without any change.</summary>
    public bool IsWorthARetry { get; init; }

    /// <summary>The trajectory of the query; null where there is none.</summary>
    public string? Trajectory { get; init; }
}
