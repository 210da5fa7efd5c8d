using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>Brings the structure of queries onto one scale, by the mean and the spread of the queries that were learned from; what lies far outside counts as the edge, since nothing was seen beyond it.</summary>
/// <param name="Means">The mean of each number.</param>
/// <param name="Factors">One over the standard deviation of each number; 0 where it never changed.</param>
internal sealed record StructureScale(float[] Means, float[] Factors)
{
    /// <summary>Numbers of a query: its stem's structure, then its own.</summary>
    public static readonly int Length = 2 * QueryStructure.Count;

    private const float Edge = 2;
    private const double LeastDeviation = 1e-3;

    /// <summary>A scale that brings everything to 0.</summary>
    public static StructureScale Blank() => new(new float[Length], new float[Length]);

    /// <summary>The scale of these queries.</summary>
    /// <param name="queries">The numbers of each, unscaled, from <see cref="Copy"/>.</param>
    public static StructureScale Of(IReadOnlyList<float[]> queries)
    {
        var scale = Blank();
        for (var i = 0; i < Length; i++)
        {
            double sum = 0, squares = 0;
            foreach (var query in queries)
            {
                sum += query[i];
                squares += (double)query[i] * query[i];
            }

            var mean = sum / Math.Max(1, queries.Count);
            var deviation = Math.Sqrt(Math.Max(0, (squares / Math.Max(1, queries.Count)) - (mean * mean)));
            scale.Means[i] = (float)mean;
            scale.Factors[i] = deviation < LeastDeviation ? 0 : (float)(1 / deviation);
        }

        return scale;
    }

    /// <summary>Writes a query's numbers as they are.</summary>
    public static void Copy(QueryFeatures query, Span<float> numbers)
    {
        query.Stem.CopyTo(numbers);
        query.Structure.CopyTo(numbers[query.Stem.Length..]);
    }

    /// <summary>Brings a query's numbers onto the scale, in place.</summary>
    public void Apply(Span<float> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Math.Clamp((numbers[i] - Means[i]) * Factors[i], -Edge, Edge);
    }
}
