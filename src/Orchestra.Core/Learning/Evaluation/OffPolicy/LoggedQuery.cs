namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>A query of logged traffic whose moves a policy drew, as a candidate policy would have met it.</summary>
/// <param name="Decisions">The decisions that were drawn, in order, at least one.</param>
/// <param name="Score">How good its answer was, 0 to 1; null where nobody said.</param>
/// <param name="QueryLength">Characters of its text.</param>
internal sealed record LoggedQuery(IReadOnlyList<LoggedDecision> Decisions, double? Score, int QueryLength);
