namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>One decision of a query of logged traffic, with what a candidate policy would have done.</summary>
/// <param name="Move">The move that was made, an index into the two lists.</param>
/// <param name="Propensity">The probability with which it was drawn, above 0 and at most 1.</param>
/// <param name="Reward">What it brought until the next decision of the query, or until its end.</param>
/// <param name="Candidate">The candidate's probability of each move; they add up to 1.</param>
/// <param name="Predictions">
/// A model's prediction, for each move, of what comes from it on to the query's end while the candidate decides, learned from other queries; zeros make the estimate one of weights alone.
/// </param>
public sealed record LoggedMove(int Move, double Propensity, double Reward, IReadOnlyList<double> Candidate, IReadOnlyList<double> Predictions);
