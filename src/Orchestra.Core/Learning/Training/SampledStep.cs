namespace Orchestra.Core.Learning.Training;

/// <summary>One decision of a sampled trajectory.</summary>
/// <param name="Moves">The numbers of every possible move, one after the other.</param>
/// <param name="Count">Possible moves.</param>
/// <param name="Chosen">The index of the move that was drawn.</param>
/// <param name="Probability">The logarithm of the probability with which it was drawn.</param>
/// <param name="Position">Where λ lies, from <see cref="Policies.MoveScorer.PositionOf"/>.</param>
internal sealed record SampledStep(float[] Moves, int Count, int Chosen, float Probability, float Position);
