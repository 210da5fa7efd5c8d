using Orchestra.Core.Errors;

namespace Orchestra.Core.Conversations;

/// <summary>Serves queries; the gateway knows only this, whichever host it runs in.</summary>
public interface IConversations
{
    /// <summary>Serves a query. Throws <see cref="OrchestraException"/> where it cannot; for a stream, only until the first chunk is at hand.</summary>
    Task<Answer> AskAsync(Query query, CancellationToken ct);
}
