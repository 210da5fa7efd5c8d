namespace Orchestra.Core.Learning.Replay;

/// <summary>
/// One query that is replayed: which experts were asked so far and what that cost. It never shows an outcome of an expert that was not asked; the score of an answer is
/// known only to whoever evaluates the end.
/// </summary>
public sealed class ReplayEpisode
{
    private readonly List<int> _asked = [];
    private readonly List<int> _verified = [];

    /// <summary>Begins a query.</summary>
    /// <param name="table">The table, for its experts.</param>
    /// <param name="row">The query.</param>
    public ReplayEpisode(ReplayTable table, ReplayRow row)
    {
        Table = table;
        Row = row;
    }

    /// <summary>The table, for its experts.</summary>
    public ReplayTable Table { get; }

    /// <summary>The query.</summary>
    internal ReplayRow Row { get; }

    /// <summary>The query's text.</summary>
    public string Prompt => Row.Prompt;

    /// <summary>How many experts may be asked; default all. With 1, the first answer is the last: no decision can see one.</summary>
    public int MaxCalls { get; init; } = int.MaxValue;

    /// <summary>The experts that were asked, by index, in order.</summary>
    public IReadOnlyList<int> Asked => _asked;

    /// <summary>The experts whose answers the verifiers looked at, by index.</summary>
    public IReadOnlyList<int> Verified => _verified;

    /// <summary>The expert whose answer was given; -1 while the episode runs.</summary>
    public int Finished { get; private set; } = -1;

    /// <summary>Dollars spent so far, all calls billed.</summary>
    public double CostUsd { get; private set; }

    /// <summary>Seconds waited so far.</summary>
    public double LatencySeconds { get; private set; }

    /// <summary>The score of the answer that was given, 0 to 1; 0 while there is none.</summary>
    public double Score => Finished < 0 ? 0 : Row.Outcomes[Finished]!.Score;

    /// <summary>Whether an expert may still be asked: the row has its outcome, it was not asked, and there is a call left.</summary>
    public bool CanAsk(int expert) => Finished < 0 && _asked.Count < MaxCalls && Row.Outcomes[expert] is not null && !_asked.Contains(expert);

    /// <summary>What an expert that was asked answered; null where the table has no text. Throws <see cref="InvalidOperationException"/> where it was not asked.</summary>
    public string? ResponseOf(int expert) =>
        _asked.Contains(expert) ? Row.Outcomes[expert]!.Response : throw new InvalidOperationException($"Expert {expert} was not asked.");

    /// <summary>
    /// The score of an expert that was asked, 0 to 1, once the answer is given: what a learner may know of the query. Throws <see cref="InvalidOperationException"/> where it was not
    /// asked, or while the episode runs.
    /// </summary>
    public double ScoreOf(int askedExpert)
    {
        if (Finished < 0)
            throw new InvalidOperationException("The episode still runs: no score is known before its end.");
        return _asked.Contains(askedExpert) ? Row.Outcomes[askedExpert]!.Score : throw new InvalidOperationException($"Expert {askedExpert} was not asked.");
    }

    /// <summary>Makes a move; throws <see cref="InvalidOperationException"/> where it is not possible here.</summary>
    public void Make(ReplayMove move)
    {
        switch (move.Kind)
        {
            case ReplayMoveKind.Delegate when CanAsk(move.Expert):
                _asked.Add(move.Expert);
                CostUsd += Row.Outcomes[move.Expert]!.CostUsd;
                LatencySeconds += Row.Outcomes[move.Expert]!.LatencySeconds;
                break;
            case ReplayMoveKind.Verify when Finished < 0 && _asked.Contains(move.Expert) && !_verified.Contains(move.Expert):
                _verified.Add(move.Expert);
                break;
            case ReplayMoveKind.Finish when Finished < 0 && _asked.Contains(move.Expert):
                Finished = move.Expert;
                break;
            default:
                throw new InvalidOperationException($"{move.Kind} of expert {move.Expert} is not possible here.");
        }
    }
}
