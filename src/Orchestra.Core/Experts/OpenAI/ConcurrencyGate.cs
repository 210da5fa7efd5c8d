using Orchestra.Core.Errors;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Lets a number of calls through at once and a number of others wait for a bounded time.</summary>
internal sealed class ConcurrencyGate(int places, int queue, TimeSpan patience, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places, places);
    private int _waiting;

    /// <summary>Calls that wait now.</summary>
    public int Waiting => Math.Min(Volatile.Read(ref _waiting), queue);

    /// <summary>Calls that have a place now.</summary>
    public int Running => places - _places.CurrentCount;

    /// <summary>
    /// Takes a place; false where the queue is full or the wait too long. Every true is followed by one <see cref="Leave"/>. Throws
    /// <see cref="CallNotSentException"/> where the caller went away.
    /// </summary>
    public ValueTask<bool> EnterAsync(CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
            throw new CallNotSentException(ct);
        return _places.Wait(0, CancellationToken.None) ? new ValueTask<bool>(true) : WaitAsync(ct);
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        try
        {
            _places.Release();
        }
        catch (ObjectDisposedException)
        {
            // A call may end after its expert did.
        }
    }

    public void Dispose() => _places.Dispose();

    private async ValueTask<bool> WaitAsync(CancellationToken ct)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > queue)
                return false;
            using var timer = new CancellationTokenSource(patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
            await _places.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return ct.IsCancellationRequested ? throw new CallNotSentException(ct) : false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
