namespace Orchestra.Core.Learning.Policies;

/// <summary>One point of accuracy against cost in a model card.</summary>
/// <param name="Name">The way to choose, or <c>λ=…</c>.</param>
/// <param name="Accuracy">Mean score, 0 to 1.</param>
/// <param name="CostUsdPer1k">Dollars for a thousand queries.</param>
/// <param name="CallsPerQuery">Calls of experts, on average.</param>
public sealed record CardPoint(string Name, double Accuracy, double CostUsdPer1k, double CallsPerQuery);
