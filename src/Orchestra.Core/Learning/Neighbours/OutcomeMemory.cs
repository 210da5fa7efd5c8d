using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Learning.Neighbours;

/// <summary>
/// A bounded memory of past queries, each with its vector and the scores of the experts that answered it. It compares a query with all rows it holds, in
/// whole numbers, so results are the same on every machine; they depend neither on the names of experts nor on their order. Any number of threads read while one writes.
/// </summary>
public sealed class OutcomeMemory
{
    /// <summary>Rows that are held where nothing else is asked for.</summary>
    public const int DefaultCapacity = 8_192;

    /// <summary>The largest capacity.</summary>
    public const int MaxCapacity = 65_536;

    /// <summary>The largest number of dimensions.</summary>
    public const int MaxDimensions = 4_096;

    /// <summary>Experts that are told apart; outcomes of further ones are not kept.</summary>
    public const int MaxExperts = 256;

    /// <summary>Bytes of an expert's name at most, in UTF-8.</summary>
    public const int MaxNameBytes = 256;

    /// <summary>Rows that count for one expert where nothing else is asked for.</summary>
    public const int DefaultNeighbours = 32;

    /// <summary>The most rows that count for one expert.</summary>
    public const int MaxNeighbours = 256;

    private readonly Lock _writer = new();
    private MemorySnapshot _snapshot = new([], 0, 0, new Dictionary<string, int>(StringComparer.Ordinal), []);

    /// <summary>An empty memory.</summary>
    /// <param name="dimensions">Numbers of a vector, 1 to <see cref="MaxDimensions"/>.</param>
    /// <param name="capacity">
    /// Rows that are held at most, 1 to <see cref="MaxCapacity"/>, rounded up to a multiple of 256. When it is full, the oldest 256 make room together.
    /// </param>
    public OutcomeMemory(int dimensions, int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MaxDimensions);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        Dimensions = dimensions;
        Capacity = (capacity + MemoryChunk.Rows - 1) / MemoryChunk.Rows * MemoryChunk.Rows;
    }

    /// <summary>Numbers of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>Rows that are held at most.</summary>
    public int Capacity { get; }

    /// <summary>Rows that are held.</summary>
    public int Count => Snapshot.Count;

    /// <summary>The number of the oldest row that is held; rows are numbered from 0 as they are added.</summary>
    public long FirstRow => Snapshot.FirstRow;

    /// <summary>The experts of which outcomes were added, in no order that means anything.</summary>
    public IReadOnlyCollection<string> Experts => Snapshot.Experts.Keys;

    /// <summary>What is held now.</summary>
    internal MemorySnapshot Snapshot => Volatile.Read(ref _snapshot);

    private int Quads => (Dimensions + 3) / 4;

    /// <summary>Adds a row. Throws <see cref="ArgumentException"/> where the vector or a score is not what it must be.</summary>
    /// <param name="embedding">The query's vector, of <see cref="Dimensions"/> finite numbers; its length does not matter.</param>
    /// <param name="scores">How well each expert that answered did, 0 to 1; kept in 65,534 steps.</param>
    /// <returns>The row's number.</returns>
    public long Add(ReadOnlySpan<float> embedding, IEnumerable<KeyValuePair<string, double>> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        CheckLength(embedding);
        Span<sbyte> whole = stackalloc sbyte[Quads * 4];
        QuantisedVector.Quantise(embedding, whole, QuantisedVector.RowMost);
        var steps = new List<KeyValuePair<string, ushort>>();
        foreach (var (expert, score) in scores)
        {
            if (!(score is >= 0 and <= 1))
                throw new ArgumentException($"A score is {score}; it must be from 0 to 1.", nameof(scores));
            if (OutcomeMemoryFormat.Text.GetByteCount(expert) > MaxNameBytes)
                throw new ArgumentException($"An expert's name is longer than {MaxNameBytes} bytes.", nameof(scores));
            if (steps.Exists(step => step.Key == expert))
                throw new ArgumentException($"The expert '{expert}' has two scores.", nameof(scores));
            steps.Add(new(expert, (ushort)(1 + Math.Round(score * MemoryChunk.ScoreSteps))));
        }

        return Add(whole, steps);
    }

    /// <summary>
    /// What is known of experts from the rows most similar to a query; allocates nothing. Throws <see cref="ArgumentException"/> where the vector or the room
    /// for the result has the wrong length.
    /// </summary>
    /// <param name="query">The query's vector, of <see cref="Dimensions"/> finite numbers; its length does not matter.</param>
    /// <param name="experts">The names of the experts asked about.</param>
    /// <param name="result">Takes one for each of them, in their order.</param>
    /// <param name="neighbours">Rows that count for one expert at most, 1 to <see cref="MaxNeighbours"/>: the most similar that have an outcome of it.</param>
    /// <param name="excludeRow">The number of a row that does not count; -1 for none.</param>
    public void Lookup(ReadOnlySpan<float> query, IReadOnlyList<string> experts, Span<NeighbourScore> result, int neighbours = DefaultNeighbours, long excludeRow = -1)
    {
        ArgumentNullException.ThrowIfNull(experts);
        CheckLength(query);
        CheckNeighbours(neighbours);
        if (result.Length != experts.Count)
            throw new ArgumentException($"There must be room for exactly {experts.Count} results.", nameof(result));
        Span<sbyte> whole = stackalloc sbyte[Quads * 4];
        var scale = QuantisedVector.Quantise(query, whole, QuantisedVector.QueryMost);
        var snapshot = Snapshot;
        var excluded = excludeRow >= snapshot.FirstRow && excludeRow < snapshot.FirstRow + snapshot.Count ? (int)(excludeRow - snapshot.FirstRow) : -1;
        snapshot.Lookup(whole, scale, experts, neighbours, new ExcludedRows(excluded), result);
    }

    /// <summary>
    /// What would have been known of experts at each row that is held, had that row not been there: a row never counts for itself. Uses
    /// all processors; the result does not depend on how many there are.
    /// </summary>
    /// <param name="experts">The names of the experts asked about.</param>
    /// <param name="neighbours">Rows that count for one expert at most, 1 to <see cref="MaxNeighbours"/>.</param>
    /// <param name="folds">A number for each row, oldest first: rows with the same one do not count for each other, such as those of one fold, or repetitions of one query. Null for none.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>For each row, oldest first, one for each expert: that of row r and expert e stands at <c>r * experts.Count + e</c>.</returns>
    public NeighbourScore[] LeaveOneOut(IReadOnlyList<string> experts, int neighbours = DefaultNeighbours, int[]? folds = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(experts);
        CheckNeighbours(neighbours);
        var snapshot = Snapshot;
        if (folds is not null && folds.Length != snapshot.Count)
            throw new ArgumentException($"There must be exactly {snapshot.Count} folds, one for each row.", nameof(folds));
        var result = new NeighbourScore[snapshot.Count * experts.Count];
        TrainingCores.For(snapshot.Count, row =>
        {
            Span<sbyte> whole = stackalloc sbyte[Quads * 4];
            whole.Clear();
            var scale = snapshot.Get(row, whole);
            var excluded = new ExcludedRows(row, folds, folds?[row] ?? 0);
            snapshot.Lookup(whole, scale, experts, neighbours, excluded, result.AsSpan(row * experts.Count, experts.Count));
        }, ct);
        return result;
    }

    /// <summary>All outcomes of one expert that are held; nothing for one that is not known.</summary>
    public ExpertTotal Total(string expert)
    {
        var snapshot = Snapshot;
        return snapshot.Experts.TryGetValue(expert, out var place) ? snapshot.Totals[place].Total : default;
    }

    /// <summary>Writes the memory in a compact form, the same bytes for the same rows.</summary>
    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        OutcomeMemoryFormat.Write(this, writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, from anywhere. Throws <see cref="InvalidDataException"/> where it is damaged.</summary>
    public static OutcomeMemory Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return OutcomeMemoryFormat.Read(reader);
    }

    /// <summary>Adds a row of whole numbers, and scores in steps above zero.</summary>
    internal long Add(ReadOnlySpan<sbyte> whole, List<KeyValuePair<string, ushort>> scores)
    {
        lock (_writer)
        {
            var after = MemoryGrowth.Add(_snapshot, Quads, Capacity, whole, scores);
            Volatile.Write(ref _snapshot, after);
            return after.FirstRow + after.Count - 1;
        }
    }

    /// <summary>Takes a row's scores back, such as one that is to be added anew; nothing where it is not held any more. Its place stays empty until the oldest rows leave.</summary>
    /// <param name="row">The row's number.</param>
    public void Forget(long row)
    {
        lock (_writer)
            Volatile.Write(ref _snapshot, MemoryGrowth.Forget(_snapshot, row));
    }

    /// <summary>A memory of its own with the same rows, which goes on from there.</summary>
    /// <param name="leaveOut">Rows to leave out, by their <see cref="RowHash"/>; null for none.</param>
    /// <param name="capacity">Rows that it holds at most; null for as many as this one.</param>
    internal OutcomeMemory Copy(Predicate<ulong>? leaveOut = null, int? capacity = null)
    {
        var snapshot = Snapshot;
        var copy = new OutcomeMemory(Dimensions, capacity ?? Capacity);
        copy.Know(snapshot.Experts.OrderBy(expert => expert.Value).Select(expert => expert.Key));
        var whole = new sbyte[Quads * 4];
        for (var row = 0; row < snapshot.Count; row++)
        {
            snapshot.Get(row, whole);
            if (leaveOut?.Invoke(QuantisedVector.Hash(whole)) is not true)
                copy.Add(whole, snapshot.ScoresOf(row));
        }

        return copy;
    }

    /// <summary>Adds the rows of another memory of as many dimensions, in their order.</summary>
    internal void Add(OutcomeMemory other)
    {
        var snapshot = other.Snapshot;
        var whole = new sbyte[Quads * 4];
        for (var row = 0; row < snapshot.Count; row++)
        {
            snapshot.Get(row, whole);
            Add(whole, snapshot.ScoresOf(row));
        }
    }

    /// <summary>The numbers that stand for the vectors of all rows.</summary>
    internal HashSet<ulong> RowHashes()
    {
        var snapshot = Snapshot;
        var whole = new sbyte[Quads * 4];
        var hashes = new HashSet<ulong>();
        for (var row = 0; row < snapshot.Count; row++)
        {
            snapshot.Get(row, whole);
            hashes.Add(QuantisedVector.Hash(whole));
        }

        return hashes;
    }

    /// <summary>A number that stands for a vector as it is kept: rows with the same number hold the same query.</summary>
    internal ulong RowHash(ReadOnlySpan<float> embedding)
    {
        CheckLength(embedding);
        Span<sbyte> whole = stackalloc sbyte[Quads * 4];
        QuantisedVector.Quantise(embedding, whole, QuantisedVector.RowMost);
        return QuantisedVector.Hash(whole);
    }

    /// <summary>Gives experts their places before any row has them.</summary>
    internal void Know(IEnumerable<string> experts)
    {
        lock (_writer)
            Volatile.Write(ref _snapshot, MemoryGrowth.Know(_snapshot, experts));
    }

    private static void CheckNeighbours(int neighbours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbours, MaxNeighbours);
    }

    private void CheckLength(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vector has {vector.Length} numbers; it must have {Dimensions}.", nameof(vector));
    }
}
