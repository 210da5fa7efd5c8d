namespace Orchestra.Core.Learning.Live;

/// <summary>What became known of the experts' answers to one query of the host's own traffic.</summary>
/// <param name="TrajectoryId">The query's trajectory.</param>
/// <param name="Prompt">The query's text.</param>
/// <param name="Vector">Its vector.</param>
/// <param name="Scores">How well each expert did, 0 to 1, each once.</param>
internal sealed record LiveOutcome(string TrajectoryId, string Prompt, float[] Vector, IReadOnlyList<KeyValuePair<string, double>> Scores);
