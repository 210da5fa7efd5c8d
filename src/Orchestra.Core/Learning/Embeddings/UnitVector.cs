using System.Numerics.Tensors;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>Brings vectors to length one, with the same result on every machine.</summary>
internal static class UnitVector
{
    private const float Least = 1e-30f;

    /// <summary>Scales the vector to length one; one without length becomes all zeros. False where a number in it is not finite.</summary>
    public static bool TryNormalise(Span<float> vector)
    {
        // Largest first: squares of very large or small numbers would leave the range of the sum.
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(vector));
        if (!float.IsFinite(largest))
            return false;
        if (largest < Least)
        {
            vector.Clear();
            return true;
        }

        // One after the other: vectorised sums depend on the width of the machine's registers.
        var sum = 0d;
        foreach (var number in vector)
            sum += (double)number * number;
        TensorPrimitives.Multiply(vector, (float)(1 / Math.Sqrt(sum)), vector);
        return true;
    }
}
