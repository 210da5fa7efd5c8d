using Orchestra.Core.Chat;
using Orchestra.Grains.Messages;

namespace Orchestra.Grains.Streams;

/// <summary>A stream that is about to be fed to another silo.</summary>
/// <param name="Chunks">The chunks.</param>
internal sealed record OpenStream(IAsyncEnumerable<ReplyChunk> Chunks)
{
    /// <summary>What goes ahead of the chunks; null for nothing.</summary>
    public AnswerHead? Head { get; init; }

    /// <summary>Completes each part, for whoever has more to say.</summary>
    public Func<StreamPart, StreamPart> Mark { get; init; } = static part => part;
}
