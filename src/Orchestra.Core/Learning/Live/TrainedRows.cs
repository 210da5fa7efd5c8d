using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Learning.Live;

/// <summary>The rows that a policy was trained on, to know its own traffic again in them: what was exported and trained on must not count twice.</summary>
internal sealed class TrainedRows
{
    private const double Step = 1.0 / MemoryChunk.ScoreSteps;

    private readonly OutcomeMemory _memory;
    private readonly Dictionary<ulong, List<int>> _rows = [];
    private readonly MemorySnapshot _snapshot;

    /// <summary>Reads the rows of a memory.</summary>
    public TrainedRows(OutcomeMemory memory)
    {
        _memory = memory;
        _snapshot = memory.Snapshot;
        var whole = new sbyte[(memory.Dimensions + 3) / 4 * 4];
        for (var row = 0; row < _snapshot.Count; row++)
        {
            _snapshot.Get(row, whole);
            var hash = QuantisedVector.Hash(whole);
            if (!_rows.TryGetValue(hash, out var rows))
                _rows.Add(hash, rows = []);
            rows.Add(row);
        }
    }

    /// <summary>Whether one of the rows holds the same query with the same scores.</summary>
    public bool Hold(LiveOutcome outcome) =>
        _rows.TryGetValue(_memory.RowHash(outcome.Vector), out var rows) && rows.Exists(row => HasScores(row, outcome.Scores));

    private bool HasScores(int row, IReadOnlyList<KeyValuePair<string, double>> scores)
    {
        var chunk = _snapshot.Chunks[row / MemoryChunk.Rows];
        foreach (var (name, score) in scores)
        {
            if (!_snapshot.Experts.TryGetValue(name, out var expert) || chunk.Score(row % MemoryChunk.Rows, expert) is not (> 0 and var steps) || Math.Abs(((steps - 1) * Step) - score) > Step)
                return false;
        }

        return true;
    }
}
