namespace Orchestra.Core.Learning.Evaluation.Online;

/// <summary>
/// What was reached after a number of queries, on average over the orders. Reward is the score less the price of its dollars, at the price at which always the weak and always the
/// strong expert are worth the same: what is above them is judgement.
/// </summary>
/// <param name="Queries">The number of queries so far.</param>
/// <param name="Accuracy">Mean score so far, 0 to 1.</param>
/// <param name="CostUsdPer1k">Dollars for a thousand queries so far.</param>
/// <param name="StrongShare">Share of queries so far for which the strong expert was asked.</param>
/// <param name="Reward">Mean reward so far.</param>
/// <param name="RewardOfWeak">Mean reward of always the weak expert on the same queries.</param>
/// <param name="RewardOfStrong">Mean reward of always the strong expert on the same queries.</param>
/// <param name="Regret">Sum of what the better of the two would have had more, query by query.</param>
public sealed record OnlineStep(
    int Queries, double Accuracy, double CostUsdPer1k, double StrongShare, double Reward, double RewardOfWeak, double RewardOfStrong, double Regret);
