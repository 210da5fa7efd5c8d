namespace Orchestra.Core.Learning.Neighbours;

/// <summary>What is known of one expert from the queries most similar to one.</summary>
/// <param name="MeanScore">Its mean score on them, 0 to 1, the similar ones counting for more; 0 where there is none.</param>
/// <param name="Weight">How much that is worth, in queries identical to the one asked about: a less similar one counts for a fraction. 0 where there is none.</param>
public readonly record struct NeighbourScore(float MeanScore, float Weight);
