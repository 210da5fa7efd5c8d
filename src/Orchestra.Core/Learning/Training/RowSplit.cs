using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>Rows to learn decisions from, and rows held out to choose among policies. Predictions for either come from models that have not seen the row.</summary>
/// <param name="Train">Indices of rows to learn from.</param>
/// <param name="Held">Indices of rows held out.</param>
internal sealed record RowSplit(IReadOnlyList<int> Train, IReadOnlyList<int> Held)
{
    private const int Steps = 10_000;

    /// <summary>All rows.</summary>
    public IEnumerable<int> All => Train.Concat(Held).Order();

    /// <summary>Splits a table by its prompts.</summary>
    public static RowSplit Of(ReplayTable table, double holdout, long seed)
    {
        var split = Enumerable.Range(0, table.Rows.Count).ToLookup(row => RowHash.Of(table.Rows[row].Prompt, seed + 1) % Steps < holdout * Steps);
        var (train, held) = (split[false].ToList(), split[true].ToList());
        return train.Count == 0 ? new RowSplit(held, held) : new RowSplit(train, held.Count == 0 ? train : held);
    }
}
