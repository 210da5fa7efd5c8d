using Orchestra.Core.Chat;
using Orchestra.Core.Conversations;
using Orchestra.Core.Tenants;

namespace Orchestra.Grains.Messages;

/// <summary>A <see cref="Query"/> on its way to another silo; rate limits stay behind, since the gateway has checked them.</summary>
/// <param name="Payer">Who pays.</param>
/// <param name="AllowedExperts">The experts that the key may use; null for all.</param>
/// <param name="Body">The request, JSON as it came.</param>
/// <param name="ConversationId">The id that the client gave the chat.</param>
[GenerateSerializer, Immutable, Alias("orchestra.query")]
public sealed record QueryMessage(
    [property: Id(0)] PayerMessage Payer, [property: Id(1)] string[]? AllowedExperts, [property: Id(2)] ReadOnlyMemory<byte> Body, [property: Id(3)] string? ConversationId)
{
    /// <summary>The message of a query.</summary>
    public static QueryMessage Of(Query query) =>
        new(PayerMessage.Of(query.Caller.Payer), query.Caller.AllowedExperts?.ToArray(), query.Request.Body, query.ConversationId);

    /// <summary>The query again; its request is read anew and checked as one from a client.</summary>
    public Query ToQuery()
    {
        var caller = new Caller(Payer.ToPayer()) { AllowedExperts = AllowedExperts is null ? null : new HashSet<string>(AllowedExperts, StringComparer.Ordinal) };
        return new Query(caller, ChatRequestReader.Read(Body)) { ConversationId = ConversationId };
    }
}
