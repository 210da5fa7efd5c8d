namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>What a node answered to one prompt.</summary>
/// <param name="Text">The final answer; null where there is none.</param>
/// <param name="ErrorCode">Why there is none; null where there is an answer.</param>
/// <param name="CostUsd">Dollars that the node reports; null where it reports none.</param>
/// <param name="Experts">The experts that were called, one for each call.</param>
/// <param name="Trajectory">The trajectory's id; null where the node gives none.</param>
public sealed record NodeReply(string? Text, string? ErrorCode, decimal? CostUsd, IReadOnlyList<string> Experts, string? Trajectory);
