namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>One decision of logged traffic, with what a candidate policy would have done.</summary>
/// <param name="Move">The move that was made, an index into the two lists.</param>
/// <param name="Propensity">The probability with which it was drawn, above 0 and at most 1.</param>
/// <param name="Reward">What it brought.</param>
/// <param name="Candidate">The candidate's probability of each move; they add up to 1.</param>
/// <param name="Predictions">A model's prediction of the reward of each move, learned from other decisions; zeros make the estimate one of weights alone.</param>
public sealed record LoggedMove(int Move, double Propensity, double Reward, IReadOnlyList<double> Candidate, IReadOnlyList<double> Predictions);
