namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>One decision that was drawn.</summary>
/// <param name="Made">The move that was made, an index into <paramref name="Moves"/>.</param>
/// <param name="Propensity">The probability with which it was drawn.</param>
/// <param name="Moves">The moves that the candidate could make, and the one that was made.</param>
/// <param name="Asked">Experts that had answered by then.</param>
/// <param name="Dollars">What was spent from it on until the next one, or until the query's end.</param>
internal sealed record LoggedDecision(int Made, double Propensity, IReadOnlyList<PossibleMove> Moves, int Asked, double Dollars);
