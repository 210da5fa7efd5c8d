using Orchestra.Core.Errors;
using Orchestra.Grains.Draining;
using Orchestra.Grains.Messages;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains.Experts;

/// <summary>The attempts of one call: each replica once, and once more for as long as silos fail and others may yet take over.</summary>
internal sealed class ReplicaAttempts(string expert, ReplicaChoice choice, TimeProvider time)
{
    /// <summary>How long a call waits for a replica to be placed anew after its silo died.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private readonly HashSet<int> _tried = [];
    private readonly HashSet<int> _leaving = [];
    private ExpertException? _full;
    private Exception? _lost;

    /// <summary>The replica to ask now, which is entered in the choice. Throws <see cref="ExpertException"/> where all are full or gone.</summary>
    public async Task<int> NextAsync(CancellationToken ct)
    {
        var replica = choice.Enter(candidate => !_tried.Contains(candidate));
        if (replica < 0)
        {
            if (_lost is null)
                throw _full ?? Failed("has no replica", null);
            if (time.GetElapsedTime(_started) > Patience)
                throw Failed("is on no silo that answers", _lost);
            await Task.Delay(Pause, time, ct);
            _tried.Clear();
            _leaving.Clear();
            _lost = null;
            _full = null;
            replica = choice.Enter(static _ => true);
        }

        _tried.Add(replica);
        return replica;
    }

    /// <summary>Whether a fault only says that this replica takes no work now, so that another one is to be asked.</summary>
    public bool Takes(Fault? fault) => fault is { Kind: FaultKind.Expert, MayHaveCharged: false, RequestAtFault: false } && Takes((ExpertException)fault.ToException(default));

    /// <summary>Whether an error only says that this replica takes no work now, so that another one is to be asked.</summary>
    public bool Takes(ExpertException error)
    {
        if (error is not { Code: ErrorCode.Overloaded, MayHaveCharged: false })
            return false;
        _full = error;
        return true;
    }

    /// <summary>The key under which a replica is asked now.</summary>
    public ExpertKey Key(int replica) => new(expert, replica, _leaving.Contains(replica));

    /// <summary>Notes that the replica's silo is about to leave, so that its stand-in is asked at once; where that one's silo leaves too, another attempt follows later.</summary>
    public void Leaves(int replica, SiloLeavingException error)
    {
        if (_leaving.Add(replica))
            _tried.Remove(replica);
        else
            Lost(error);
    }

    /// <summary>Notes that the replica's silo failed.</summary>
    public void Lost(Exception error) => _lost = error;

    private ExpertException Failed(string what, Exception? inner) =>
        new(expert, ErrorCode.NoExpert, 503, $"The expert '{expert}' {what}. Start a silo with the role expert that can hold it, or try again.", inner) { RetryAfter = RetryAfter };
}
