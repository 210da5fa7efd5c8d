namespace Orchestra.Core.Learning.Features;

/// <summary>Brings counts onto the scale of features, roughly -3 to 3.</summary>
internal static class FeatureScale
{
    /// <summary>Half the binary logarithm of a count, shifted so that the usual count is 0.</summary>
    /// <param name="count">The count.</param>
    /// <param name="usual">The binary logarithm of what is usual.</param>
    public static float Around(int count, float usual) => Math.Clamp(MathF.Log2(count + 1) - usual, -3, 6) / 2;

    /// <summary>A count of something that is rare: 0, 1, 1.6, 2 and at most 3.</summary>
    public static float Few(int count) => MathF.Min(3, MathF.Log2(1 + count));
}
