namespace Orchestra.Core.Learning.Replay;

/// <summary>What one expert did with one row, ready for replay.</summary>
/// <param name="Score">How good its answer was, 0 to 1; 1 is correct.</param>
/// <param name="CostUsd">Dollars of the call; from the expert's price and the tokens where the table does not say, and 0 where neither is known.</param>
/// <param name="LatencySeconds">Seconds until the last byte; 0 where the table does not say.</param>
/// <param name="OutputTokens">Completion tokens; 0 where the table does not say.</param>
/// <param name="Response">The text that it answered; null where the table does not say.</param>
public sealed record ReplayOutcome(double Score, double CostUsd, double LatencySeconds, long OutputTokens, string? Response);
