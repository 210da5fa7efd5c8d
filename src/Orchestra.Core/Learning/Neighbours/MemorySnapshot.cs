namespace Orchestra.Core.Learning.Neighbours;

/// <summary>What a memory held at one moment; never changes, so any number of threads read it.</summary>
/// <param name="Chunks">The rows, oldest first.</param>
/// <param name="FirstRow">The number of the oldest row.</param>
/// <param name="Count">Rows that are held.</param>
/// <param name="Experts">The place of each expert by its name.</param>
/// <param name="Totals">The sum of each expert by its place.</param>
internal sealed record MemorySnapshot(MemoryChunk[] Chunks, long FirstRow, int Count, Dictionary<string, int> Experts, ScoreSum[] Totals)
{
    /// <summary>
    /// So many times more rows are looked through for the neighbours of an expert, since not every row has an outcome of it. Beyond them rows are hardly similar.
    /// </summary>
    private const int Reach = 2;

    private const int RoomForEach = 4;

    /// <summary>What an expert is known for on the rows most similar to a query.</summary>
    /// <param name="query">The query's whole numbers.</param>
    /// <param name="queryScale">Brings them to length one.</param>
    /// <param name="experts">The names of the experts.</param>
    /// <param name="neighbours">Rows that count for one expert at most.</param>
    /// <param name="excluded">Rows that do not count.</param>
    /// <param name="result">Takes one for each expert.</param>
    public void Lookup(ReadOnlySpan<sbyte> query, float queryScale, IReadOnlyList<string> experts, int neighbours, ExcludedRows excluded, Span<NeighbourScore> result)
    {
        Span<ulong> candidates = stackalloc ulong[neighbours * Reach * RoomForEach];
        var rows = Nearest(query, neighbours * Reach, excluded, candidates);
        for (var i = 0; i < experts.Count; i++)
            result[i] = Experts.TryGetValue(experts[i], out var expert) ? Score(rows, queryScale, expert, neighbours) : default;
    }

    /// <summary>The rows most similar to a query, which <see cref="NearestRows"/> describes.</summary>
    /// <param name="query">The query's whole numbers.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="excluded">Rows that do not count.</param>
    /// <param name="candidates">Room for some times more.</param>
    public ReadOnlySpan<ulong> Nearest(ReadOnlySpan<sbyte> query, int most, ExcludedRows excluded, Span<ulong> candidates)
    {
        var nearest = new NearestRows(candidates, most);
        Span<float> similarities = stackalloc float[MemoryChunk.Rows];
        for (var i = 0; i < Chunks.Length; i++)
        {
            Chunks[i].Compare(query, similarities);
            var first = i * MemoryChunk.Rows;
            // Behind the last row lies what the writer is writing just now.
            similarities[Math.Min(Count - first, MemoryChunk.Rows)..].Clear();
            excluded.Clear(similarities, first);
            nearest.Offer(similarities, first);
        }

        return nearest.Sorted();
    }

    /// <summary>A row's scores in steps above zero.</summary>
    public List<KeyValuePair<string, ushort>> ScoresOf(int row)
    {
        var scores = new List<KeyValuePair<string, ushort>>();
        foreach (var (name, expert) in Experts)
        {
            if (Chunks[row / MemoryChunk.Rows].Score(row % MemoryChunk.Rows, expert) is > 0 and var score)
                scores.Add(new(name, score));
        }

        return scores;
    }

    /// <summary>Reads a row's whole numbers.</summary>
    /// <returns>What brings them to length one.</returns>
    public float Get(int row, Span<sbyte> whole) => Chunks[row / MemoryChunk.Rows].Get(row % MemoryChunk.Rows, whole);

    private NeighbourScore Score(ReadOnlySpan<ulong> rows, float queryScale, int expert, int neighbours)
    {
        var (sum, weights, found) = (0f, 0f, 0);
        foreach (var candidate in rows)
        {
            var row = NearestRows.RowOf(candidate);
            var scores = Chunks[row / MemoryChunk.Rows].Scores(expert);
            if (scores.IsEmpty || scores[row % MemoryChunk.Rows] is not (> 0 and var score))
                continue;
            var weight = Weight(NearestRows.SimilarityOf(candidate) * queryScale);
            sum += weight * (score - 1);
            weights += weight;
            if (++found == neighbours)
                break;
        }

        return found == 0 ? default : new NeighbourScore(sum / weights / MemoryChunk.ScoreSteps, weights);
    }

    /// <summary>Hashed vectors of unlike texts are still a little similar by chance; the third power leaves little of that.</summary>
    private static float Weight(float similarity) => similarity * similarity * similarity;
}
