using Orchestra.Core;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;
using Orchestra.Grains.Draining;
using Orchestra.Grains.Messages;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains.Conversations;

/// <summary>
/// Serves queries on the silos that conduct; the gateway does not know that there are any. A query that belongs to no conversation has no state to meet: a silo that conducts serves it by itself,
/// so that it hangs on no other silo but those of its experts and its account.
/// </summary>
/// <param name="local">Serves queries inside this silo; null where it does not conduct.</param>
/// <param name="grains">Finds the grains.</param>
/// <param name="limits">The hard limits around every query.</param>
/// <param name="ids">Makes keys.</param>
/// <param name="time">The clock.</param>
public sealed class ClusterConversations(LocalConversations? local, IGrainFactory grains, ConversationLimits limits, IdGenerator ids, TimeProvider time) : IConversations
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public Task<Answer> AskAsync(Query query, CancellationToken ct) =>
        local is not null && string.IsNullOrEmpty(query.ConversationId) ? local.AskAsync(query, ct) : AskGrainAsync(query, ct);

    private async Task<Answer> AskGrainAsync(Query query, CancellationToken ct)
    {
        var grain = grains.GetGrain<IConversationGrain>(ConversationGrainKey.Of(query, ids));
        var message = QueryMessage.Of(query);
        var started = time.GetTimestamp();
        try
        {
            while (true)
            {
                try
                {
                    if (!query.Request.Stream)
                        return (await grain.AskAsync(message, ct)).Unwrap(ct).ToAnswer();
                    return await new RemoteAnswer(grain.StreamAsync(message, ct), limits.Deadline, time, ct).BeginAsync();
                }
                catch (SiloLeavingException) when (time.GetElapsedTime(started) < limits.Deadline)
                {
                    // It was not begun there; it is as soon as the conversation is on another silo, which is when its last query has ended.
                    await Task.Delay(Pause, time, ct);
                }
            }
        }
        catch (Exception error) when (GrainCalls.IsLost(error))
        {
            // The query may have been served and paid, so it is not served again in silence.
            throw new OrchestraException(ErrorCode.Overloaded, 503, "The silo that served this query failed before its answer began, or no silo conducts. Ask again.", error) { RetryAfter = TimeSpan.FromSeconds(1) };
        }
    }
}
