using Orchestra.Core.Chat;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Experts;

/// <summary>Anything that answers for a price: a chat model or a tool.</summary>
public interface IExpert
{
    /// <summary>What a conductor may know of it.</summary>
    ExpertDescriptor Descriptor { get; }

    /// <summary>
    /// Answers as a whole; throws <see cref="ExpertException"/> where it cannot, and <see cref="CallNotSentException"/> where the caller went away before
    /// anything was sent.
    /// </summary>
    Task<ExpertReply> AskAsync(ExpertCall call, CancellationToken ct);

    /// <summary>
    /// Answers piece by piece. A failure before the first chunk throws as <see cref="AskAsync"/> does and may have been retried; one after it
    /// throws the same and is never retried. The stream ends after the chunk with the finish reason and, where the upstream reports one, the usage.
    /// </summary>
    IAsyncEnumerable<ReplyChunk> StreamAsync(ExpertCall call, CancellationToken ct);
}
