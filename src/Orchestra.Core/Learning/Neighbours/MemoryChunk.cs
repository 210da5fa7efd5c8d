using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Core.Learning.Neighbours;

/// <summary>
/// Some hundred rows of a memory. One writer fills rows that no snapshot shows yet, so readers need no lock; after that a row never changes, but it may be forgotten.
/// </summary>
/// <param name="quads">Groups of four dimensions in a row.</param>
internal sealed class MemoryChunk(int quads)
{
    /// <summary>Rows of a chunk.</summary>
    public const int Rows = 256;

    /// <summary>A score of 0 to 1 is kept in this many steps, above a zero that means none.</summary>
    public const int ScoreSteps = ushort.MaxValue - 1;

    // Four dimensions of the first row of a block, of its second row …: a vector instruction then works on all rows of a block, and none adds up its own lanes.
    private readonly byte[] _cells = GC.AllocateUninitializedArray<byte>(Rows * quads * 4);
    private readonly float[] _scales = new float[Rows];
    private ushort[]?[] _scores = [];

    /// <summary>Writes the products of all rows, brought to length one, with a query's whole numbers.</summary>
    /// <param name="query">The query's whole numbers, <c>4 * quads</c> of them.</param>
    /// <param name="products">Takes <see cref="Rows"/> numbers; those of rows that no snapshot shows mean nothing.</param>
    public void Compare(ReadOnlySpan<sbyte> query, Span<float> products)
    {
        var exact = MemoryMarshal.Cast<float, int>(products);
        DotProducts.Compute(_cells, MemoryMarshal.Cast<sbyte, int>(query), exact);
        for (var i = 0; i < Rows; i += Vector512<int>.Count)
            (Vector512.ConvertToSingle(Vector512.Create<int>(exact[i..])) * Vector512.Create<float>(_scales.AsSpan(i))).CopyTo(products[i..]);
    }

    /// <summary>Fills a row that is not shown yet.</summary>
    public void Set(int row, ReadOnlySpan<sbyte> whole, float scale)
    {
        for (var i = 0; i < whole.Length; i++)
            _cells[CellOf(row, i)] = (byte)(whole[i] + DotProducts.Offset);
        _scales[row] = scale;
    }

    /// <summary>Reads a row's whole numbers.</summary>
    /// <returns>What brings them to length one.</returns>
    public float Get(int row, Span<sbyte> whole)
    {
        for (var i = 0; i < whole.Length; i++)
            whole[i] = (sbyte)(_cells[CellOf(row, i)] - DotProducts.Offset);
        return _scales[row];
    }

    /// <summary>Sets the score, in steps, of one expert for a row that is not shown yet.</summary>
    public void SetScore(int row, int expert, ushort score)
    {
        if (expert >= _scores.Length)
        {
            var more = new ushort[]?[expert + 1];
            _scores.CopyTo(more, 0);
            Volatile.Write(ref _scores, more);
        }

        (_scores[expert] ??= new ushort[Rows])[row] = score;
    }

    /// <summary>Makes a row like none that a query could be similar to. Whoever reads it just now sees it whole, or some of its scores, or none of them.</summary>
    public void Forget(int row)
    {
        Volatile.Write(ref _scales[row], 0);
        foreach (var scores in _scores)
        {
            if (scores is not null)
                Volatile.Write(ref scores[row], (ushort)0);
        }
    }

    /// <summary>The scores of one expert by row, in steps, zero where there is none; empty where it has none at all.</summary>
    public ReadOnlySpan<ushort> Scores(int expert)
    {
        var scores = Volatile.Read(ref _scores);
        return expert < scores.Length ? scores[expert] : default;
    }

    /// <summary>The score of one expert for one row, in steps; zero where there is none.</summary>
    public ushort Score(int row, int expert) => Scores(expert) is { IsEmpty: false } scores ? scores[row] : (ushort)0;

    private int CellOf(int row, int dimension) =>
        ((((row / DotProducts.BlockRows * quads) + (dimension / 4)) * DotProducts.BlockRows) + (row % DotProducts.BlockRows)) * 4 + (dimension % 4);
}
