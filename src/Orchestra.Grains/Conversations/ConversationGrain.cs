using System.Runtime.CompilerServices;
using Orchestra.Core.Conversations;
using Orchestra.Grains.Messages;
using Orchestra.Grains.Streams;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Orchestra.Grains.Conversations;

/// <summary>
/// Drives the loop of one conversation on a silo that conducts. Reentrant: a client may ask again before it has read its last answer. What is kept of a conversation is written behind its
/// answers, and read by whichever silo serves its next request.
/// </summary>
/// <param name="kept">What is kept.</param>
/// <param name="conversations">Serves queries inside this silo.</param>
/// <param name="time">The clock.</param>
[Reentrant, PreferLocalPlacement, GrainType("conversation")]
internal sealed class ConversationGrain(
    [PersistentState("conversation", GrainStorage.Name)] IPersistentState<ConversationState> kept, LocalConversations conversations, TimeProvider time) : Grain, IConversationGrain
{
    private Task _writing = Task.CompletedTask;
    private bool _isDirty;

    public Task<Reply<AnswerMessage>> AskAsync(QueryMessage query, CancellationToken ct) => Replies.OfAsync(async () =>
    {
        var answer = AnswerMessage.Of(await conversations.AskAsync(query.ToQuery(), ct));
        Keep(answer.TrajectoryId, answer.Experts, answer.CostNanos, answer.Tokens);
        return answer;
    });

    public async IAsyncEnumerable<StreamPart> StreamAsync(QueryMessage query, [EnumeratorCancellation] CancellationToken ct)
    {
        Answer? answer = null;
        try
        {
            await foreach (var part in StreamFeed.ReadAsync(async stop => Open(answer = await conversations.AskAsync(query.ToQuery(), stop)), ct))
                yield return part;
        }
        finally
        {
            if (answer is not null)
                Keep(answer.TrajectoryId, [.. answer.Experts], answer.Cost.Nanos, answer.Tokens);
        }
    }

    public Task<ConversationState> GetAsync(CancellationToken ct) => Task.FromResult(kept.State with { Latest = [.. kept.State.Latest] });

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _writing.WaitAsync(cancellationToken);

    private static OpenStream Open(Answer answer) => new(answer.Stream!)
    {
        Head = new AnswerHead(answer.TrajectoryId, [.. answer.Experts]),
        Mark = part => part with { CostNanos = answer.Cost.Nanos, Tokens = answer.Tokens },
    };

    private void Keep(string trajectory, string[] experts, long costNanos, long tokens)
    {
        if (!ConversationGrainKey.IsKept(this.GetPrimaryKeyString()))
        {
            DeactivateOnIdle();
            return;
        }

        kept.State.Add(new ConversationTurn(trajectory, experts, costNanos, tokens, time.GetUtcNow()));
        _isDirty = true;
        if (_writing.IsCompleted)
            _writing = WriteAsync();
    }

    /// <summary>Writes until nothing is new; one write at a time, since each carries the mark of the one before.</summary>
    private async Task WriteAsync()
    {
        while (_isDirty)
        {
            _isDirty = false;
            try
            {
                await kept.WriteStateAsync();
            }
            catch (Exception)
            {
                // Another activation wrote, or the database is away: the next activation reads what there is. Money is not at stake, it is in the ledger.
                DeactivateOnIdle();
                return;
            }
        }
    }
}
