using Orchestra.Core.Chat;
using Orchestra.Core.Tenants;

namespace Orchestra.Core.Conversations;

/// <summary>One request to be served.</summary>
/// <param name="Caller">Who asks and pays.</param>
/// <param name="Request">What is asked.</param>
public sealed record Query(Caller Caller, ChatRequest Request)
{
    /// <summary>Characters of a <see cref="ConversationId"/> at most.</summary>
    public const int MaxConversationId = 128;

    /// <summary>The id that the client gave the chat to which the query belongs; null where it gave none.</summary>
    public string? ConversationId { get; init; }
}
