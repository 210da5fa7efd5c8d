using System.Runtime.CompilerServices;
using Orchestra.Core.Conversations;
using Orchestra.Grains.Draining;
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
/// <param name="work">What the silo does; closed when it is about to leave.</param>
/// <param name="time">The clock.</param>
[Reentrant, PreferLocalPlacement, GrainType("conversation")]
internal sealed class ConversationGrain(
    [PersistentState("conversation", GrainStorage.Name)] IPersistentState<ConversationState> kept, LocalConversations conversations, SiloWork work, TimeProvider time) : Grain, IConversationGrain
{
    private Task _writing = Task.CompletedTask;
    private bool _isDirty;
    private int _running;

    public Task<Reply<AnswerMessage>> AskAsync(QueryMessage query, CancellationToken ct) => Replies.OfAsync(async () =>
    {
        Begin();
        try
        {
            var answer = AnswerMessage.Of(await conversations.AskAsync(query.ToQuery(), ct));
            Keep(answer.TrajectoryId, answer.Experts, answer.CostNanos, answer.Tokens);
            return answer;
        }
        finally
        {
            Left();
        }
    });

    public async IAsyncEnumerable<StreamPart> StreamAsync(QueryMessage query, [EnumeratorCancellation] CancellationToken ct)
    {
        Answer? answer = null;
        var isBegun = false;
        try
        {
            await foreach (var part in StreamFeed.ReadAsync(ServeAsync, ct))
                yield return part;
        }
        finally
        {
            if (answer is not null)
                Keep(answer.TrajectoryId, [.. answer.Experts], answer.Cost.Nanos, answer.Tokens);
            if (isBegun)
                Left();
        }

        async Task<OpenStream> ServeAsync(CancellationToken stop)
        {
            Begin();
            isBegun = true;
            return Open(answer = await conversations.AskAsync(query.ToQuery(), stop));
        }
    }

    public Task<ConversationState> GetAsync(CancellationToken ct) => Task.FromResult(kept.State with { Latest = [.. kept.State.Latest] });

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _writing.WaitAsync(cancellationToken);

    private static OpenStream Open(Answer answer) => new(answer.Stream!)
    {
        Head = new AnswerHead(answer.TrajectoryId, [.. answer.Experts]),
        Mark = part => part with { CostNanos = answer.Cost.Nanos, Tokens = answer.Tokens },
    };

    /// <summary>Begins a query; a conversation whose silo is about to leave refuses it, and goes away with its last query, so that the next one finds it elsewhere.</summary>
    private void Begin()
    {
        try
        {
            work.Conversations.Enter();
        }
        catch (SiloLeavingException)
        {
            if (_running == 0)
                DeactivateOnIdle();
            throw;
        }

        _running++;
    }

    private void Left()
    {
        _running--;
        work.Conversations.Leave();
        if (_running == 0 && work.Conversations.IsClosed)
            DeactivateOnIdle();
    }

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
