namespace Orchestra.Core.Conversations;

/// <summary>
/// Notices a reader that took a stream and neither goes on nor leaves it, as a caller does that forgets to dispose: without its reader nothing of a stream
/// runs, and what it holds would be held for ever.
/// </summary>
internal sealed class ReaderWatch : IDisposable
{
    /// <summary>How long after its deadline a stream is given up; a reader that still goes on has then long been told of its end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const int Away = 0;
    private const int Reading = 1;
    private const int Ended = 2;

    private readonly ITimer _timer;
    private int _state;

    /// <summary>Watches from now on.</summary>
    /// <param name="deadline">How long a reader may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="whenGivenUp">Ends the stream in the reader's place; throws nothing.</param>
    public ReaderWatch(TimeSpan deadline, TimeProvider time, Func<Task> whenGivenUp)
    {
        // The first callback may find the reader at work; it looks again then.
        _timer = time.CreateTimer(
            _ =>
            {
                if (Interlocked.CompareExchange(ref _state, Ended, Away) == Away)
                    _ = whenGivenUp();
            },
            null, deadline + Patience, Patience);
    }

    /// <summary>The reader asks for more; false where it was given up.</summary>
    public bool TryReturn() => Interlocked.CompareExchange(ref _state, Reading, Away) == Away;

    /// <summary>The reader got something and may stay away.</summary>
    public void Leave() => Volatile.Write(ref _state, Away);

    /// <summary>The reader is done; false where it was given up, so that everything has been ended in its place.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _state, Ended) != Ended;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
