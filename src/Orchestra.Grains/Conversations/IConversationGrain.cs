using Orchestra.Grains.Messages;

namespace Orchestra.Grains.Conversations;

/// <summary>One conversation; the key is from <see cref="ConversationGrainKey"/>.</summary>
[Alias("orchestra.conversation")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Serves a query whose answer is wanted as a whole.</summary>
    [Alias("Ask"), ResponseTimeout("01:00:00")]
    Task<Reply<AnswerMessage>> AskAsync(QueryMessage query, CancellationToken ct);

    /// <summary>Serves a query whose answer is wanted piece by piece: first the head, then chunks.</summary>
    [Alias("Stream"), ResponseTimeout("01:00:00")]
    IAsyncEnumerable<StreamPart> StreamAsync(QueryMessage query, CancellationToken ct);

    /// <summary>What is kept of the conversation.</summary>
    [Alias("Get")]
    Task<ConversationState> GetAsync(CancellationToken ct);
}
