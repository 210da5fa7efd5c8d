using System.Runtime.CompilerServices;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Grains.Draining;
using Orchestra.Grains.Messages;
using Orchestra.Grains.Placement;
using Orchestra.Grains.Streams;
using Orleans.Concurrency;
using Orleans.Placement;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains.Experts;

/// <summary>
/// Runs one replica of an expert on a silo that can hold it. Only silos with the role <c>expert</c> know this class; among them a filter leaves those that hold the expert and have the memory.
/// Orleans never moves it; it goes by itself where another silo should have it. The expert bounds its own queue: what does not fit is answered at once.
/// </summary>
/// <param name="room">What this silo can hold.</param>
/// <param name="work">What the silo does; closed when it is about to leave.</param>
/// <param name="silo">This silo.</param>
[HoldsExpert, KeepAlive, Immovable, Reentrant, GrainType("expert")]
internal sealed class ExpertGrain(ExpertRoom room, SiloWork work, ILocalSiloDetails silo) : Grain, IExpertGrain
{
    private IExpert? _expert;
    private int _running;
    private long _served;
    private bool _moves;

    private ExpertKey Key => ExpertKey.Parse(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _expert = work.Experts.IsClosed ? null : room.TryTake(Key);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_expert is null)
            return;
        room.Leave(Key);
        if (_expert is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (_expert as IDisposable)?.Dispose();
    }

    public Task<Reply<ExpertReplyMessage>> AskAsync(ExpertCallMessage call, CancellationToken ct) => Replies.OfAsync(async () =>
    {
        var expert = Begin();
        try
        {
            return ExpertReplyMessage.Of(await expert.AskAsync(call.ToCall(), ct));
        }
        finally
        {
            Left();
        }
    });

    public async IAsyncEnumerable<StreamPart> StreamAsync(ExpertCallMessage call, [EnumeratorCancellation] CancellationToken ct)
    {
        var isBegun = false;
        try
        {
            await foreach (var part in StreamFeed.ReadAsync(stop => Task.FromResult(Open(stop)), ct))
                yield return part;
        }
        finally
        {
            if (isBegun)
                Left();
        }

        OpenStream Open(CancellationToken stop)
        {
            var expert = Begin();
            isBegun = true;
            return new OpenStream(expert.StreamAsync(call.ToCall(), stop));
        }
    }

    public Task<ExpertLoad> LoadAsync(CancellationToken ct) => Task.FromResult(new ExpertLoad(silo.Name, _running, _served));

    public Task<bool> MoveAsync(string from, bool whileItWorks, CancellationToken ct)
    {
        if (from != silo.Name || (_running > 0 && !whileItWorks))
            return Task.FromResult(false);
        _moves = true;
        room.Refuse(Key);
        if (_running == 0)
            DeactivateOnIdle();
        return Task.FromResult(true);
    }

    /// <summary>Begins a call; a replica whose silo is about to leave refuses it, and goes away with its last call, so that the next one places it elsewhere.</summary>
    private IExpert Begin()
    {
        var expert = Taken();
        try
        {
            work.Experts.Enter();
        }
        catch (SiloLeavingException)
        {
            if (_running == 0)
                DeactivateOnIdle();
            throw;
        }

        _running++;
        return expert;
    }

    private void Left()
    {
        _running--;
        _served++;
        work.Experts.Leave();
        if (_running == 0 && (_moves || Key.IsStandIn || work.Experts.IsClosed))
            DeactivateOnIdle();
    }

    /// <summary>The expert; a replica that came to a silo without room goes away again, so that the next call places it elsewhere.</summary>
    private IExpert Taken()
    {
        if (_expert is not null && !_moves)
            return _expert;
        if (_expert is null)
            DeactivateOnIdle();
        if (work.Experts.IsClosed)
            throw new SiloLeavingException();
        throw new ExpertException(Key.Expert, ErrorCode.NoExpert, 503, $"Silo {silo.Name} has no room for another replica of '{Key.Expert}'. Add a silo that can hold it, or lower its Replicas.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };
    }
}
