namespace Orchestra.Core.Learning.Training;

/// <summary>One outcome of an expert from which its strengths are learned.</summary>
/// <param name="Terms">Buckets that occur in the query.</param>
/// <param name="TermValue">The value of each.</param>
/// <param name="Numbers">The query's numbers, from <see cref="Policies.StructureScale"/>.</param>
/// <param name="Offset">The log-odds that are predicted without its strengths.</param>
/// <param name="Score">What came out, 0 to 1.</param>
internal sealed record StrengthCase(int[] Terms, float TermValue, float[] Numbers, float Offset, float Score);
