namespace Orchestra.Core.Experts.OpenAI;

/// <summary>
/// The time limits of one attempt in one token: the caller's cancellation, the call's deadline, and whatever limit the present wait has.
/// One source and one timer for all of them, since a stream goes on after the retry pipeline that opened it has ended.
/// </summary>
internal sealed class CallClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan _total;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    /// <param name="time">The clock.</param>
    /// <param name="start">When the call began, a timestamp of the clock.</param>
    /// <param name="total">How long the call may take in all.</param>
    /// <param name="first">The first limit.</param>
    /// <param name="caller">The caller's cancellation.</param>
    public CallClock(TimeProvider time, long start, TimeSpan total, TimeSpan first, CancellationToken caller)
    {
        _time = time;
        _start = start;
        _total = total;
        _caller = caller;
        _source = new CancellationTokenSource(Shorter(first), time);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Cancelled when the caller goes away or a limit is reached.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the caller went away.</summary>
    public bool CallerLeft => _caller.IsCancellationRequested;

    /// <summary>Whether the call's whole time is over.</summary>
    public bool TotalIsOver => Left <= TimeSpan.Zero;

    private TimeSpan Left => _total - _time.GetElapsedTime(_start);

    /// <summary>Limits the wait that begins now.</summary>
    public void Limit(TimeSpan most) => _source.CancelAfter(Shorter(most));

    /// <summary>Ends the limit of a wait that is over; the call's deadline stays.</summary>
    public void Unlimit() => _source.CancelAfter(Shorter(TimeSpan.MaxValue));

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }

    private TimeSpan Shorter(TimeSpan limit)
    {
        var left = Left;
        var shorter = limit < left ? limit : left;
        return shorter > TimeSpan.Zero ? shorter : TimeSpan.Zero;
    }
}
