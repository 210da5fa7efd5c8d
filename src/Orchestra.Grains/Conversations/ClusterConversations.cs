using Orchestra.Core;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;
using Orchestra.Grains.Messages;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains.Conversations;

/// <summary>Serves queries on the silos that conduct; the gateway does not know that there are any.</summary>
/// <param name="grains">Finds the grains.</param>
/// <param name="limits">The hard limits around every query.</param>
/// <param name="ids">Makes keys.</param>
/// <param name="time">The clock.</param>
public sealed class ClusterConversations(IGrainFactory grains, ConversationLimits limits, IdGenerator ids, TimeProvider time) : IConversations
{
    /// <inheritdoc/>
    public async Task<Answer> AskAsync(Query query, CancellationToken ct)
    {
        var grain = grains.GetGrain<IConversationGrain>(ConversationGrainKey.Of(query, ids));
        var message = QueryMessage.Of(query);
        try
        {
            if (!query.Request.Stream)
                return (await grain.AskAsync(message, ct)).Unwrap(ct).ToAnswer();
            return await new RemoteAnswer(grain.StreamAsync(message, ct), limits.Deadline, time, ct).BeginAsync();
        }
        catch (Exception error) when (GrainCalls.IsLost(error))
        {
            // The query may have been served and paid, so it is not served again in silence.
            throw new OrchestraException(ErrorCode.Overloaded, 503, "The silo that served this query failed before its answer began, or no silo conducts. Ask again.", error) { RetryAfter = TimeSpan.FromSeconds(1) };
        }
    }
}
