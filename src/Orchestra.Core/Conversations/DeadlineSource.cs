namespace Orchestra.Core.Conversations;

/// <summary>A token that is cancelled when the client goes away or the query's time is over.</summary>
internal sealed class DeadlineSource : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    /// <summary>Starts the clock.</summary>
    public DeadlineSource(TimeSpan deadline, TimeProvider time, CancellationToken client)
    {
        _timer = new CancellationTokenSource(deadline, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, client);
    }

    /// <summary>Cancelled by the client or by time.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => _timer.IsCancellationRequested;

    /// <inheritdoc/>
    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
