using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>A reply of server-sent events, chunk by chunk as they come from the network.</summary>
internal sealed class EventStream(UpstreamReply reply, EventScanner scanner, TimeSpan idle) : IDisposable
{
    /// <summary>How long to wait for the usage and the end marker behind the last finish reason.</summary>
    private static readonly TimeSpan PatienceForEnd = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for the body's end behind the end marker, so that the connection can be used again.</summary>
    private static readonly TimeSpan PatienceForClose = TimeSpan.FromMilliseconds(250);

    private bool _hasEnded;

    /// <summary>The chunk that was read last.</summary>
    public ReplyChunk Current { get; private set; }

    /// <summary>Reads the next chunk; false at the end of a complete reply.</summary>
    public async ValueTask<bool> MoveNextAsync()
    {
        while (true)
        {
            if (scanner.TryTake(out var chunk))
            {
                Current = chunk;
                return true;
            }

            if (_hasEnded)
                return scanner.IsFinished ? false : throw new UpstreamFaultException(CutOff);
            var read = await ReadAsync();
            scanner.Added(read);
            if (read > 0)
                continue;
            _hasEnded = true;
            if (scanner.TryTakeRest(out chunk))
            {
                Current = chunk;
                return true;
            }
        }
    }

    public void Dispose() => scanner.Dispose();

    private async ValueTask<int> ReadAsync()
    {
        try
        {
            if (!scanner.IsDone)
                return await reply.ReadAsync(scanner.Room(), scanner.IsFinished && PatienceForEnd < idle ? PatienceForEnd : idle);

            // What follows the end marker is nobody's business, but the end of the body frees the connection.
            await reply.ReadAsync(scanner.Room(), PatienceForClose);
            return 0;
        }
        catch (Exception exception) when (scanner.IsFinished && !reply.CallerLeft && exception is (IOException or HttpRequestException or OperationCanceledException))
        {
            // The answer is complete; how the connection ends does not matter.
            return 0;
        }
    }

    private static readonly UpstreamFault CutOff =
        UpstreamFault.Malformed("closed its stream before the answer's end; try again later.");
}
