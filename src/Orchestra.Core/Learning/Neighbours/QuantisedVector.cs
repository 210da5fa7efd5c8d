using System.Numerics.Tensors;
using Orchestra.Core.Learning.Embeddings;

namespace Orchestra.Core.Learning.Neighbours;

/// <summary>Vectors of whole numbers, so that their products are exact and the same on every machine.</summary>
internal static class QuantisedVector
{
    /// <summary>The largest number of a row. Its products with a query's numbers, two at a time, fit in 16 bits.</summary>
    public const int RowMost = 63;

    /// <summary>The largest number of a query.</summary>
    public const int QueryMost = 127;

    /// <summary>Writes the vector as whole numbers up to <paramref name="most"/>; zeros behind its end. Throws <see cref="ArgumentException"/> where a number is not finite.</summary>
    /// <returns>What a product with them is to be multiplied by, so that their own length is one; zero for a vector without length.</returns>
    public static float Quantise(ReadOnlySpan<float> vector, Span<sbyte> whole, int most)
    {
        whole[vector.Length..].Clear();
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (!float.IsFinite(largest))
            throw new ArgumentException("The vector holds a number that is not finite.", nameof(vector));
        var scale = largest > 0 ? most / (double)largest : 0;
        for (var i = 0; i < vector.Length; i++)
            whole[i] = (sbyte)Math.Round(vector[i] * scale);
        return Scale(whole);
    }

    /// <summary>A number that stands for a vector of whole numbers.</summary>
    public static ulong Hash(ReadOnlySpan<sbyte> whole)
    {
        var hash = TextHash.Seed;
        foreach (var number in whole)
            hash = TextHash.Append(hash, (char)(byte)number);
        return TextHash.Finish(hash);
    }

    /// <summary>One over the length of a vector of whole numbers; zero where it has none.</summary>
    public static float Scale(ReadOnlySpan<sbyte> whole)
    {
        var sum = 0;
        foreach (var number in whole)
            sum += number * number;
        return sum == 0 ? 0 : (float)(1 / Math.Sqrt(sum));
    }
}
