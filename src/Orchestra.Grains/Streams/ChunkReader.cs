using System.Runtime.CompilerServices;
using Orchestra.Core.Chat;
using Orchestra.Grains.Messages;

namespace Orchestra.Grains.Streams;

/// <summary>Reads a stream from another silo.</summary>
internal static class ChunkReader
{
    /// <summary>The chunks. Throws the error that ended the stream, and <see cref="StreamCutException"/> where a part is missing or the last one never came.</summary>
    /// <param name="parts">The parts as they come.</param>
    /// <param name="seen">Told of each part; null for nobody.</param>
    /// <param name="ct">Ends the stream.</param>
    public static async IAsyncEnumerable<ReplyChunk> ReadAsync(IAsyncEnumerable<StreamPart> parts, Action<StreamPart>? seen, [EnumeratorCancellation] CancellationToken ct)
    {
        var next = 0L;
        await foreach (var part in parts.WithCancellation(ct))
        {
            // Of a batch that was fetched before, nothing is passed on after a cancellation.
            ct.ThrowIfCancellationRequested();
            if (part.Sequence != next++)
                throw new StreamCutException(next - 1);
            seen?.Invoke(part);
            if (part.Head is not null)
                continue;
            if (!part.IsLast)
            {
                yield return part.ToChunk();
                continue;
            }

            if (part.Fault is { } fault)
                throw fault.ToException(ct);
            yield break;
        }

        ct.ThrowIfCancellationRequested();
        throw new StreamCutException(next);
    }
}
