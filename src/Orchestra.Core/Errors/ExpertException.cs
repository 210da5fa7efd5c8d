namespace Orchestra.Core.Errors;

/// <summary>A call of an expert that failed; names the expert and says whether another one should be asked.</summary>
/// <param name="expert">The expert's name.</param>
/// <param name="code">One of <see cref="ErrorCode"/>.</param>
/// <param name="status">The HTTP status for the client when nothing else can answer.</param>
/// <param name="message">What is wrong and what to change.</param>
/// <param name="inner">What caused it.</param>
public sealed class ExpertException(string expert, string code, int status, string message, Exception? inner = null)
    : OrchestraException(code, status, message, inner)
{
    /// <summary>The expert's name.</summary>
    public string Expert { get; } = expert;

    /// <summary>Whether the request itself is at fault (the expert answered 4xx), so that another expert would refuse it too.</summary>
    public bool RequestAtFault { get; init; }

    /// <summary>
    /// Whether the expert may have worked, and charge, although it gave no answer: true after the request was sent whole and no
    /// complete error reply came back. Such a call is billed for its prompt and one slice of output, never more than is held.
    /// </summary>
    public bool MayHaveCharged { get; init; }
}
