namespace Orchestra.Grains.Streams;

/// <summary>Bounds the bytes that wait for a reader: chunks may be of any size, so that counting them bounds no memory.</summary>
/// <param name="most">Bytes that may wait; a single larger piece still passes when nothing else waits.</param>
internal sealed class ByteWindow(int most)
{
    private readonly Lock _lock = new();
    private long _waiting;
    private TaskCompletionSource? _room;

    /// <summary>Waits until there is room, and takes it.</summary>
    public async ValueTask EnterAsync(int bytes, CancellationToken ct)
    {
        while (true)
        {
            Task room;
            lock (_lock)
            {
                if (_waiting == 0 || _waiting + bytes <= most)
                {
                    _waiting += bytes;
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(ct);
        }
    }

    /// <summary>Gives room back; for the one writer that may wait.</summary>
    public void Leave(int bytes)
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            _waiting -= bytes;
            (waiting, _room) = (_room, null);
        }

        waiting?.TrySetResult();
    }
}
