namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>Clients that begin one conversation after the other on both nodes until they are told to end; a query that fails ends its client with the error.</summary>
internal sealed class CanaryLoad : IAsyncDisposable
{
    private const int ClientsPerNode = 3;
    private readonly Task[] _clients;
    private volatile bool _ends;
    private int _answered;

    /// <summary>Begins to ask.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="answered">Told of each answer: the node, and the trajectory.</param>
    public CanaryLoad(CanaryNodes nodes, Func<int, string, Task>? answered = null) => _clients = [.. Enumerable.Range(0, 2 * ClientsPerNode).Select(client => Task.Run(() => AskAsync(nodes, client, answered)))];

    /// <summary>Queries that were answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Lets every client receive its answer and ask no more; throws what any of them met.</summary>
    public Task EndAsync()
    {
        _ends = true;
        return Task.WhenAll(_clients).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        _ends = true;
        await Task.WhenAll(_clients).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AskAsync(CanaryNodes nodes, int client, Func<int, string, Task>? answered)
    {
        for (var asked = 0; !_ends; asked++)
        {
            var id = await nodes.AskAsync(client % 2, $"load-{client}-{asked}");
            Interlocked.Increment(ref _answered);
            if (answered is not null)
                await answered(client % 2, id);
        }
    }
}
