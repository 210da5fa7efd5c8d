using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Orchestra.Core.Learning.Neighbours;

/// <summary>Products of a query with many rows in whole numbers: every way of computing them gives the same.</summary>
internal static class DotProducts
{
    /// <summary>Rows that are worked on together.</summary>
    public const int BlockRows = 16;

    /// <summary>Added to a row's numbers, so that none is negative, as the instructions want it.</summary>
    public const int Offset = 64;

    /// <summary>Multiplies with the widest instructions there are.</summary>
    /// <param name="cells">Rows in blocks of <see cref="BlockRows"/>: four dimensions of each row of a block, then the next four, with <see cref="Offset"/> added.</param>
    /// <param name="query">The query's numbers, four in each.</param>
    /// <param name="products">Takes one number for each row.</param>
    public static void Compute(ReadOnlySpan<byte> cells, ReadOnlySpan<int> query, Span<int> products)
    {
        if (Avx512BW.IsSupported)
            With512Bits(cells, query, products);
        else if (Avx2.IsSupported)
            With256Bits(cells, query, products);
        else
            WithoutVectors(cells, query, products);
    }

    public static void With512Bits(ReadOnlySpan<byte> cells, ReadOnlySpan<int> query, Span<int> products)
    {
        var correction = Vector512.Create(Correction(query));
        var ones = Vector512<short>.One;
        var blocks = MemoryMarshal.Cast<byte, Vector512<byte>>(cells);
        var sums = MemoryMarshal.Cast<int, Vector512<int>>(products);
        for (var i = 0; i + 1 < sums.Length; i += 2)
        {
            // Two blocks at a time share the query's numbers, and their additions do not wait for each other.
            var first = blocks.Slice(i * query.Length, query.Length);
            var second = blocks.Slice((i + 1) * query.Length, query.Length);
            var (firstSum, secondSum) = (correction, correction);
            for (var quad = 0; quad < query.Length; quad++)
            {
                var numbers = Vector512.Create(query[quad]).AsSByte();
                firstSum += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(first[quad], numbers), ones);
                secondSum += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(second[quad], numbers), ones);
            }

            sums[i] = firstSum;
            sums[i + 1] = secondSum;
        }
    }

    public static void With256Bits(ReadOnlySpan<byte> cells, ReadOnlySpan<int> query, Span<int> products)
    {
        var correction = Vector256.Create(Correction(query));
        var ones = Vector256<short>.One;
        var blocks = MemoryMarshal.Cast<byte, Vector256<byte>>(cells);
        var sums = MemoryMarshal.Cast<int, Vector256<int>>(products);
        for (var i = 0; i + 1 < sums.Length; i += 2)
        {
            var block = blocks.Slice(i * query.Length, 2 * query.Length);
            var (firstSum, secondSum) = (correction, correction);
            for (var quad = 0; quad < query.Length; quad++)
            {
                var numbers = Vector256.Create(query[quad]).AsSByte();
                firstSum += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(block[2 * quad], numbers), ones);
                secondSum += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(block[(2 * quad) + 1], numbers), ones);
            }

            sums[i] = firstSum;
            sums[i + 1] = secondSum;
        }
    }

    public static void WithoutVectors(ReadOnlySpan<byte> cells, ReadOnlySpan<int> query, Span<int> products)
    {
        var numbers = MemoryMarshal.Cast<int, sbyte>(query);
        products.Fill(Correction(query));
        for (var row = 0; row < products.Length; row++)
        {
            var block = cells.Slice(row / BlockRows * BlockRows * numbers.Length, BlockRows * numbers.Length);
            for (var i = 0; i < numbers.Length; i++)
                products[row] += block[(((i / 4 * BlockRows) + (row % BlockRows)) * 4) + (i % 4)] * numbers[i];
        }
    }

    private static int Correction(ReadOnlySpan<int> query)
    {
        var sum = 0;
        foreach (var number in MemoryMarshal.Cast<int, sbyte>(query))
            sum += number;
        return -Offset * sum;
    }
}
