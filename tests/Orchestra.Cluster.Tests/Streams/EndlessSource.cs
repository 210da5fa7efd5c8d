using Orchestra.Core.Chat;

namespace Orchestra.Cluster.Tests.Streams;

/// <summary>A source of chunks that never ends, and counts how many were taken.</summary>
/// <param name="chunk">Every chunk.</param>
internal sealed class EndlessSource(byte[] chunk)
{
    /// <summary>More chunks than any reader ahead of whom the source runs may leave untaken.</summary>
    public const int Far = 1_000;

    private int _produced;

    public int Produced => Volatile.Read(ref _produced);

    public bool IsDisposed { get; private set; }

    public async IAsyncEnumerable<ReplyChunk> ReadAsync()
    {
        try
        {
            while (Produced < 2 * Far)
            {
                Interlocked.Increment(ref _produced);
                yield return new ReplyChunk(chunk, 1, null, null);
                await Task.Yield();
            }
        }
        finally
        {
            IsDisposed = true;
        }
    }

    /// <summary>Waits until the source is held up, or has run to its end.</summary>
    public async Task UntilHeldUpAsync()
    {
        for (int before = -1, calm = 0; calm < 100 && !IsDisposed; before = Produced)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            calm = Produced == before ? calm + 1 : 0;
        }
    }
}
