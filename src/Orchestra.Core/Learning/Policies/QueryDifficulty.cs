using System.Numerics.Tensors;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>How hard a query is for all experts alike, from the structure of its stem alone: single words do not carry over to other subjects.</summary>
/// <param name="Weights">One for each number of <see cref="QueryStructure"/>.</param>
internal sealed record QueryDifficulty(float[] Weights)
{
    /// <summary>Takes all queries for equally hard.</summary>
    public static QueryDifficulty Blank() => new(new float[QueryStructure.Count]);

    /// <summary>The difficulty, about −1 to 1; the greater, the harder.</summary>
    /// <param name="scaled">A query's numbers, from <see cref="StructureScale"/>.</param>
    public float Of(ReadOnlySpan<float> scaled) => TensorPrimitives.Dot(Weights, scaled[..Weights.Length]);
}
