namespace Orchestra.Grains.Draining;

/// <summary>The work of one kind under way on this silo; once closed it takes no more, and tells when the last piece has ended.</summary>
public sealed class WorkGate
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isClosed;

    /// <summary>Whether it takes no more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return _isClosed;
        }
    }

    /// <summary>Begins a piece of work; throws <see cref="SiloLeavingException"/> once the gate is closed.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            if (_isClosed)
                throw new SiloLeavingException();
            _running++;
        }
    }

    /// <summary>Ends a piece of work.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_running == 0 && _isClosed)
                _empty.TrySetResult();
        }
    }

    /// <summary>Takes no more from now on; completes when nothing is under way.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_running == 0)
                _empty.TrySetResult();
        }

        return _empty.Task;
    }
}
