namespace Orchestra.Core.Learning.Neighbours;

/// <summary>What follows a snapshot when a row is added. Only one thread may do that at a time.</summary>
internal static class MemoryGrowth
{
    /// <summary>The snapshot with one more row, which is written behind the rows that earlier snapshots show.</summary>
    /// <param name="before">The newest snapshot.</param>
    /// <param name="quads">Groups of four dimensions.</param>
    /// <param name="capacity">Rows at most, a multiple of a chunk's.</param>
    /// <param name="whole">The row's whole numbers.</param>
    /// <param name="scores">Its scores in steps above zero, each expert once.</param>
    public static MemorySnapshot Add(MemorySnapshot before, int quads, int capacity, ReadOnlySpan<sbyte> whole, List<KeyValuePair<string, ushort>> scores)
    {
        if (before.Count == capacity)
            before = WithoutOldest(before);
        var row = before.Count % MemoryChunk.Rows;
        var chunks = row == 0 ? [.. before.Chunks, new MemoryChunk(quads)] : before.Chunks;
        chunks[^1].Set(row, whole, QuantisedVector.Scale(whole));
        if (scores.Exists(score => !before.Experts.ContainsKey(score.Key)))
            before = Know(before, scores.Select(score => score.Key));
        var totals = before.Totals.ToArray();
        foreach (var (name, score) in scores)
        {
            if (!before.Experts.TryGetValue(name, out var expert))
                continue;
            chunks[^1].SetScore(row, expert, score);
            totals[expert] = totals[expert].With(score);
        }

        return before with { Chunks = chunks, Count = before.Count + 1, Totals = totals };
    }

    /// <summary>The snapshot without the scores of a row, whose place stays.</summary>
    public static MemorySnapshot Forget(MemorySnapshot before, long number)
    {
        if (number < before.FirstRow || number >= before.FirstRow + before.Count)
            return before;
        var row = (int)(number - before.FirstRow);
        var chunk = before.Chunks[row / MemoryChunk.Rows];
        var totals = before.Totals.ToArray();
        for (var expert = 0; expert < totals.Length; expert++)
        {
            if (chunk.Score(row % MemoryChunk.Rows, expert) is > 0 and var score)
                totals[expert] = totals[expert].Without(score);
        }

        chunk.Forget(row % MemoryChunk.Rows);
        return before with { Totals = totals };
    }

    private static MemorySnapshot WithoutOldest(MemorySnapshot before)
    {
        var totals = before.Totals.ToArray();
        for (var expert = 0; expert < totals.Length; expert++)
        {
            foreach (var score in before.Chunks[0].Scores(expert))
                totals[expert] = score == 0 ? totals[expert] : totals[expert].Without(score);
        }

        return before with { Chunks = before.Chunks[1..], FirstRow = before.FirstRow + MemoryChunk.Rows, Count = before.Count - MemoryChunk.Rows, Totals = totals };
    }

    /// <summary>The snapshot with places for these experts.</summary>
    public static MemorySnapshot Know(MemorySnapshot before, IEnumerable<string> experts)
    {
        var more = new Dictionary<string, int>(before.Experts, StringComparer.Ordinal);
        foreach (var name in experts)
        {
            if (more.Count < OutcomeMemory.MaxExperts)
                more.TryAdd(name, more.Count);
        }

        var totals = new ScoreSum[more.Count];
        before.Totals.CopyTo(totals, 0);
        return before with { Experts = more, Totals = totals };
    }
}
