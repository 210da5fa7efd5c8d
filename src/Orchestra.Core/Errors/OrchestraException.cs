namespace Orchestra.Core.Errors;

/// <summary>An error that may reach a user: a stable code, one sentence on what is wrong and what to change.</summary>
/// <param name="code">One of <see cref="ErrorCode"/>.</param>
/// <param name="status">The HTTP status that says the same.</param>
/// <param name="message">What is wrong and what to change; never holds a prompt or a key.</param>
/// <param name="inner">What caused it.</param>
public class OrchestraException(string code, int status, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The stable code, one of <see cref="ErrorCode"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status that says the same.</summary>
    public int Status { get; } = status;

    /// <summary>The request's field that is at fault, such as <c>messages[0].role</c>; null where none is.</summary>
    public string? Param { get; init; }

    /// <summary>When a retry may succeed; null where a retry does not help or the time is unknown.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The trajectory of the query that failed; null where there is none.</summary>
    public string? TrajectoryId { get; set; }

    /// <summary>A request that names a field which is missing or wrong (400).</summary>
    public static OrchestraException Invalid(string param, string message) =>
        new(ErrorCode.InvalidRequest, 400, message) { Param = param };
}
