using Orchestra.Core.Chat;

namespace Orchestra.Grains.Messages;

/// <summary>A piece of a stream between silos: chunks in order from 0, then one last part that says how it ended. A stream without its last part was cut off.</summary>
[GenerateSerializer, Immutable, Alias("orchestra.stream-part")]
public readonly record struct StreamPart
{
    /// <summary>Its number, from 0, without a gap.</summary>
    [Id(0)]
    public long Sequence { get; init; }

    /// <summary>Whole server-sent events.</summary>
    [Id(1)]
    public ReadOnlyMemory<byte> Events { get; init; }

    /// <summary>Tokens in it, as estimated.</summary>
    [Id(2)]
    public int OutputTokens { get; init; }

    /// <summary>The usage that the upstream reported.</summary>
    [Id(3)]
    public UsageMessage? Usage { get; init; }

    /// <summary>Why the reply ended.</summary>
    [Id(4)]
    public string? FinishReason { get; init; }

    /// <summary>Whether this is the last part, which carries no chunk.</summary>
    [Id(5)]
    public bool IsLast { get; init; }

    /// <summary>Of the last part: the fault that ended the stream; null where it ended well.</summary>
    [Id(6)]
    public Fault? Fault { get; init; }

    /// <summary>Of an answer's parts: what the query has cost so far, nano-dollars.</summary>
    [Id(7)]
    public long CostNanos { get; init; }

    /// <summary>Of an answer's parts: tokens that the query has used so far.</summary>
    [Id(8)]
    public long Tokens { get; init; }

    /// <summary>Of an answer's first part: what is known before its first chunk. Such a part carries no chunk.</summary>
    [Id(9)]
    public AnswerHead? Head { get; init; }

    /// <summary>The part of a chunk; its bytes are copied, since a chunk's own are only lent.</summary>
    public static StreamPart Of(ReplyChunk chunk, long sequence) => new()
    {
        Sequence = sequence,
        Events = chunk.Events.ToArray(),
        OutputTokens = chunk.OutputTokens,
        Usage = chunk.Usage is { } usage ? UsageMessage.Of(usage) : null,
        FinishReason = chunk.FinishReason,
    };

    /// <summary>The chunk again.</summary>
    public ReplyChunk ToChunk() => new(Events, OutputTokens, Usage?.ToUsage(), FinishReason);
}
