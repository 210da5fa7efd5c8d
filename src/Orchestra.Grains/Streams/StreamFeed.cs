using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orchestra.Grains.Messages;

namespace Orchestra.Grains.Streams;

/// <summary>
/// Feeds a stream between silos: chunks go into a bounded channel as they come, and leave it in batches as large as the reader takes, so that an expert's pace does not hang on round
/// trips. A reader that stops stops the chunks' source.
/// </summary>
internal static class StreamFeed
{
    /// <summary>Chunks that wait for the reader at most; the source then waits.</summary>
    private const int Capacity = 256;

    /// <summary>Bytes of them at most.</summary>
    private const int CapacityBytes = 256 * 1024;

    /// <summary>The parts of a stream.</summary>
    /// <param name="open">Opens the chunks; it and their enumeration may throw.</param>
    /// <param name="ct">Ends the stream.</param>
    public static async IAsyncEnumerable<StreamPart> ReadAsync(Func<CancellationToken, Task<OpenStream>> open, [EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<StreamPart>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var window = new ByteWindow(CapacityBytes);
        var feeding = FeedAsync(channel.Writer, window, open, stop.Token);
        try
        {
            while (await channel.Reader.WaitToReadAsync(ct))
            {
                while (channel.Reader.TryRead(out var part))
                {
                    yield return part;
                    window.Leave(part.Events.Length);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await feeding;
        }
    }

    private static async Task FeedAsync(ChannelWriter<StreamPart> parts, ByteWindow window, Func<CancellationToken, Task<OpenStream>> open, CancellationToken ct)
    {
        var sequence = 0L;
        var mark = static (StreamPart part) => part;
        Fault? fault = null;
        try
        {
            var stream = await open(ct);
            mark = stream.Mark;
            if (stream.Head is { } head)
                await parts.WriteAsync(new StreamPart { Sequence = sequence++, Head = head }, ct);
            await foreach (var chunk in stream.Chunks.WithCancellation(ct))
            {
                await window.EnterAsync(chunk.Events.Length, ct);
                await parts.WriteAsync(mark(StreamPart.Of(chunk, sequence++)), ct);
            }
        }
        catch (Exception error)
        {
            fault = Fault.Of(error);
        }

        try
        {
            await parts.WriteAsync(mark(new StreamPart { Sequence = sequence, IsLast = true, Fault = fault }), ct);
        }
        catch (OperationCanceledException)
        {
            // Nobody reads any more.
        }

        parts.Complete();
    }
}
