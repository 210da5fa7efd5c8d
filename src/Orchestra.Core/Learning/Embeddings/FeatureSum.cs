namespace Orchestra.Core.Learning.Embeddings;

/// <summary>
/// Adds up hashed features. Each has one place and one sign in the vector; its n-th occurrence weighs 1/n of its first, so that repetition counts about as
/// the logarithm does, in one pass.
/// </summary>
/// <param name="vector">The sum, which begins as zeros.</param>
/// <param name="counts">Zeroed room for <see cref="Counts"/> counts.</param>
internal readonly ref struct FeatureSum(Span<float> vector, Span<byte> counts)
{
    /// <summary>Features are told apart by this many counts; in a text of usual length few share one.</summary>
    public const int Counts = 1 << CountBits;

    private const int CountBits = 13;
    private static readonly float[] Shares = [.. Enumerable.Range(1, byte.MaxValue + 1).Select(nth => 1f / nth)];

    private readonly Span<float> _vector = vector;
    private readonly Span<byte> _counts = counts;

    /// <summary>Adds one occurrence of a feature.</summary>
    /// <param name="hash">What names the feature; need not be well mixed.</param>
    /// <param name="weight">What its first occurrence weighs.</param>
    public void Add(ulong hash, float weight)
    {
        hash = TextHash.Finish(hash);
        ref var count = ref _counts[(int)(hash >> (64 - CountBits))];
        var share = weight * Shares[count];
        if (count < byte.MaxValue)
            count++;
        var place = (int)(((hash & uint.MaxValue) * (uint)_vector.Length) >> 32);
        _vector[place] += (hash & (1ul << 40)) == 0 ? share : -share;
    }
}
