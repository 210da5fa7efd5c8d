using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Core.Learning.Neighbours;

/// <summary>Keeps the most similar of the rows that it is offered; of equally similar ones the earlier. Rows that are not similar at all are never kept.</summary>
internal ref struct NearestRows
{
    private readonly Span<ulong> _candidates;
    private readonly int _most;
    private float _threshold;
    private int _count;

    /// <param name="candidates">Room for more candidates than are kept.</param>
    /// <param name="most">How many are kept.</param>
    public NearestRows(Span<ulong> candidates, int most)
    {
        _candidates = candidates;
        _most = most;
    }

    /// <summary>The row of a candidate.</summary>
    public static int RowOf(ulong candidate) => (int)(uint.MaxValue - (uint)candidate);

    /// <summary>The similarity of a candidate.</summary>
    public static float SimilarityOf(ulong candidate) => BitConverter.UInt32BitsToSingle((uint)(candidate >> 32));

    /// <summary>Offers a whole number of <see cref="DotProducts.BlockRows"/> rows, of which the first has this number.</summary>
    public void Offer(scoped ReadOnlySpan<float> similarities, int firstRow)
    {
        for (var i = 0; i < similarities.Length; i += Vector512<float>.Count)
        {
            var better = Vector512.GreaterThan(Vector512.Create(similarities[i..]), Vector512.Create(_threshold)).ExtractMostSignificantBits();
            for (; better != 0; better &= better - 1)
            {
                var row = i + System.Numerics.BitOperations.TrailingZeroCount(better);
                Keep(similarities[row], firstRow + row);
            }
        }
    }

    /// <summary>The rows that were kept, the most similar first.</summary>
    public Span<ulong> Sorted()
    {
        var kept = _candidates[.._count];
        kept.Sort();
        kept.Reverse();
        return kept[..Math.Min(_count, _most)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(float similarity, int row)
    {
        // The bits of positive numbers are ordered as the numbers are.
        _candidates[_count++] = ((ulong)BitConverter.SingleToUInt32Bits(similarity) << 32) | (uint.MaxValue - (uint)row);
        if (_count == _candidates.Length)
            Shrink();
    }

    /// <summary>Brings the best to the front and forgets the others.</summary>
    private void Shrink()
    {
        var (low, high) = (0, _count - 1);
        while (low < high)
        {
            var pivot = Median(_candidates[low], _candidates[(low + high) / 2], _candidates[high]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (_candidates[left] > pivot)
                    left++;
                while (_candidates[right] < pivot)
                    right--;
                if (left > right)
                    break;
                (_candidates[left], _candidates[right]) = (_candidates[right], _candidates[left]);
                left++;
                right--;
            }

            if (_most - 1 <= right)
                high = right;
            else if (_most - 1 >= left)
                low = left;
            else
                break;
        }

        _count = _most;
        _threshold = SimilarityOf(_candidates[_most - 1]);
    }

    private static ulong Median(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
