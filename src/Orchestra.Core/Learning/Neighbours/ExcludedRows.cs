namespace Orchestra.Core.Learning.Neighbours;

/// <summary>Rows that do not count in a lookup: a single one, and those of one fold.</summary>
/// <param name="Row">The place of the single one; -1 for none.</param>
/// <param name="Folds">The fold of each row; null for no fold.</param>
/// <param name="Fold">The fold that does not count.</param>
internal readonly record struct ExcludedRows(int Row, int[]? Folds = null, int Fold = 0)
{
    /// <summary>Takes the similarity from all that do not count.</summary>
    /// <param name="similarities">Similarities of neighbouring rows.</param>
    /// <param name="firstRow">The place of the first of them.</param>
    public void Clear(Span<float> similarities, int firstRow)
    {
        if ((uint)(Row - firstRow) < (uint)similarities.Length)
            similarities[Row - firstRow] = 0;
        if (Folds is null)
            return;
        var folds = Folds.AsSpan(firstRow, Math.Min(similarities.Length, Folds.Length - firstRow));
        for (var i = 0; i < folds.Length; i++)
        {
            if (folds[i] == Fold)
                similarities[i] = 0;
        }
    }
}
