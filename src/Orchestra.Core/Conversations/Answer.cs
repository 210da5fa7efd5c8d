using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Conversations;

/// <summary>The answer to a query: whole, or a stream that must be enumerated to its end or disposed.</summary>
public sealed class Answer
{
    /// <summary>The query's trajectory.</summary>
    public required string TrajectoryId { get; init; }

    /// <summary>The experts that were asked, in order, without repetition.</summary>
    public required IReadOnlyList<string> Experts { get; init; }

    /// <summary>What the query cost; for a stream, known only after its end.</summary>
    public Money Cost => CostSource();

    /// <summary>The whole answer, JSON in OpenAI's format; empty for a stream.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The answer piece by piece; null for a whole answer. Leaving the enumeration early stops the experts and bills what was used.</summary>
    public IAsyncEnumerable<ReplyChunk>? Stream { get; init; }

    /// <summary>
    /// Cancelled when the client goes away or the query's time is over. Whoever passes a stream on waits for its reader no longer than this: while a
    /// piece is not taken, the expert and the reservation are held.
    /// </summary>
    public CancellationToken Until { get; init; }

    /// <summary>Tokens of prompts and answers of all calls; for a stream, known only after its end.</summary>
    public long Tokens => TokenSource();

    /// <summary>Says how many tokens the query has used so far, for whoever made this answer. Default: none.</summary>
    public Func<long> TokenSource { get; init; } = static () => 0;

    /// <summary>Says what the query has cost so far, for whoever made this answer. Default: nothing.</summary>
    public Func<Money> CostSource { get; init; } = static () => Money.Zero;
}
