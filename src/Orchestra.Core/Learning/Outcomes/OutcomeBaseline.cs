namespace Orchestra.Core.Learning.Outcomes;

/// <summary>What a fixed way to choose models would have reached on the rows of an outcome table.</summary>
/// <param name="Name">The way to choose: <c>always-cheapest</c>, <c>always-best</c>, <c>random</c>, <c>random-at-this-cost</c> or <c>oracle</c>.</param>
/// <param name="Model">The model, where it is always the same.</param>
/// <param name="Accuracy">Mean score, 0 to 1.</param>
/// <param name="CostUsdPerThousand">Dollars for a thousand prompts; null where the table does not say what a call cost.</param>
public sealed record OutcomeBaseline(string Name, string? Model, double Accuracy, decimal? CostUsdPerThousand);
