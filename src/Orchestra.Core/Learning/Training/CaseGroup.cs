namespace Orchestra.Core.Learning.Training;

/// <summary>The cases of one query.</summary>
/// <param name="Cases">What is to be predicted.</param>
internal sealed record CaseGroup(IReadOnlyList<OutcomeCase> Cases);
