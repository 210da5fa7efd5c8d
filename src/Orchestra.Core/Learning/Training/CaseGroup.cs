namespace Orchestra.Core.Learning.Training;

/// <summary>The cases of one query, which share its terms.</summary>
/// <param name="Terms">Buckets that occur in the query.</param>
/// <param name="TermValue">The value of each.</param>
/// <param name="Cases">What is to be predicted.</param>
internal sealed record CaseGroup(int[] Terms, float TermValue, IReadOnlyList<OutcomeCase> Cases);
