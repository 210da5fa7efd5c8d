namespace Orchestra.Core.Learning.Training;

/// <summary>How a training is going.</summary>
/// <param name="Stage">What is done: <c>reading answers</c>, <c>predicting outcomes</c>, <c>GRPO</c>.</param>
/// <param name="Done">The share of the stage that is done, 0 to 1.</param>
/// <param name="Reward">The mean reward of the trajectories of the last batch, in units of 1 + λ; null outside GRPO.</param>
/// <param name="Accuracy">Their mean score.</param>
/// <param name="CostUsdPer1k">Dollars for a thousand of them.</param>
/// <param name="Entropy">The mean entropy of their decisions, in nats.</param>
/// <param name="Held">The mean reward on the rows held out at the last look; null before it.</param>
/// <param name="Shares">The share of calls of each expert.</param>
public sealed record TrainingProgress(
    string Stage, double Done, double? Reward = null, double? Accuracy = null, double? CostUsdPer1k = null, double? Entropy = null, double? Held = null,
    IReadOnlyDictionary<string, double>? Shares = null);
