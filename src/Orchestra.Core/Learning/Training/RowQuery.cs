using Orchestra.Core.Learning.Features;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>The features of a row's query, kept.</summary>
/// <param name="Terms">Buckets that occur.</param>
/// <param name="TermValue">The value of each.</param>
/// <param name="Numbers">Its numbers as they are, from <see cref="StructureScale.Copy"/>, or on a scale.</param>
internal sealed record RowQuery(int[] Terms, float TermValue, float[] Numbers)
{
    /// <summary>Reads queries.</summary>
    public static IReadOnlyList<RowQuery> ReadAll(IEnumerable<string> prompts)
    {
        var features = new QueryFeatures();
        return [.. prompts.Select(prompt => Read(features, prompt))];
    }

    /// <summary>The same on a scale.</summary>
    public RowQuery On(StructureScale scale)
    {
        var numbers = (float[])Numbers.Clone();
        scale.Apply(numbers);
        return this with { Numbers = numbers };
    }

    private static RowQuery Read(QueryFeatures features, string prompt)
    {
        features.Read(prompt);
        var numbers = new float[StructureScale.Length];
        StructureScale.Copy(features, numbers);
        return new RowQuery(features.Terms.ToArray(), features.TermValue, numbers);
    }
}
