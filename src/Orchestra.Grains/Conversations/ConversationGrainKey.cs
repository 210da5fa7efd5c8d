using Orchestra.Core;
using Orchestra.Core.Conversations;
using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Grains.Conversations;

/// <summary>Under which key a query's conversation lives.</summary>
internal static class ConversationGrainKey
{
    private const string Single = "once/";

    /// <summary>
    /// The key: one for all queries to which the client gave the same id, and one of its own for every other query. Queries that merely begin alike must not meet in one grain, or a
    /// popular first question would be served by one silo alone.
    /// </summary>
    public static string Of(Query query, IdGenerator ids) => string.IsNullOrEmpty(query.ConversationId)
        ? ids.Next(Single)
        : $"{query.Caller.TenantId}/{ConversationKey.Of(query.Caller.TenantId, query.Request, query.ConversationId).Hash:x32}";

    /// <summary>Whether the conversation has a next request, so that its state is worth keeping.</summary>
    public static bool IsKept(string key) => !key.StartsWith(Single, StringComparison.Ordinal);
}
