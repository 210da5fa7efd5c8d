using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts;

/// <summary>One call of an expert.</summary>
/// <param name="Id">The call's id, the same on every retry.</param>
/// <param name="Request">The client's request.</param>
/// <param name="Edits">What differs from the client's request.</param>
/// <param name="Arguments">For tools: the arguments, JSON text or a bare query; null takes the last user message.</param>
public sealed record ExpertCall(string Id, ChatRequest Request, RequestEdits Edits, string? Arguments = null)
{
    /// <summary>Whether a stream ends with the chunk of usage. Default: as the client asked.</summary>
    public bool IncludeUsage { get; init; } = Request.IncludeUsage;
}
