using Orchestra.Core.Errors;
using Orchestra.Grains.Draining;
using Orchestra.Grains.Messages;
using Orchestra.Grains.Placement;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains.Experts;

/// <summary>
/// The attempts of one call: each replica once that has a place or may get one, and once more for as long as silos fail and others may yet take over. A replica without a place is not asked,
/// since Orleans looks for one for half a second before it gives up.
/// </summary>
/// <param name="expert">The expert's name.</param>
/// <param name="choice">Chooses replicas.</param>
/// <param name="places">Says where the expert's replicas are.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplicaAttempts(string expert, ReplicaChoice choice, Func<string, ExpertPlaces> places, TimeProvider time)
{
    /// <summary>How long a call waits for a replica to be placed anew after its silo died.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How long it waits where no silo can hold the replica: one may be about to join, or to give memory back.</summary>
    private static readonly TimeSpan PatienceWithoutRoom = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private readonly HashSet<int> _tried = [];
    private readonly HashSet<int> _leaving = [];
    private ExpertException? _full;
    private Exception? _lost;
    private long? _lacksSince;

    /// <summary>The replica to ask now, which is entered in the choice. Throws <see cref="ExpertException"/> where all are full or gone.</summary>
    public async Task<int> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            var known = places(expert);
            var replica = choice.Enter(candidate => known.MayAsk(candidate) && !_tried.Contains(candidate));
            if (replica >= 0)
            {
                _tried.Add(replica);
                return replica;
            }

            // Who is full will not be less so for waiting; who is gone may come back.
            if (_full is not null && (_lost is null || known.Lack is not null))
                throw _full;
            ThrowIfInVain(known.Lack);
            await Task.Delay(Pause, time, ct);
            _tried.Clear();
            _leaving.Clear();
            _lost = null;
            _full = null;
        }
    }

    /// <summary>Whether a fault only says that this replica takes no work now, so that another one is to be asked.</summary>
    public bool Takes(Fault? fault) => fault is { Kind: FaultKind.Expert, MayHaveCharged: false, RequestAtFault: false } && Takes((ExpertException)fault.ToException(default));

    /// <summary>Whether an error only says that this replica takes no work now, so that another one is to be asked.</summary>
    public bool Takes(ExpertException error)
    {
        if (error.MayHaveCharged || error.Code is not (ErrorCode.Overloaded or ErrorCode.NoExpert))
            return false;
        // A silo without room will not be asked for this replica again once its report has come.
        if (error.Code == ErrorCode.NoExpert)
            _lost = error;
        else
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

    private void ThrowIfInVain(string? lack)
    {
        _lacksSince = lack is null ? null : _lacksSince ?? time.GetTimestamp();
        if (lack is not null && time.GetElapsedTime(_lacksSince!.Value) > PatienceWithoutRoom)
            throw Failed(lack, _lost);
        if (time.GetElapsedTime(_started) > Patience)
            throw Failed($"The expert '{expert}' is on no silo that answers. Start a silo with the role expert that can hold it, or try again.", _lost);
    }

    private ExpertException Failed(string message, Exception? inner = null) => new(expert, ErrorCode.NoExpert, 503, message, inner) { RetryAfter = RetryAfter };
}
