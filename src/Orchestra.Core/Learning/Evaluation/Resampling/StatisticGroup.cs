namespace Orchestra.Core.Learning.Evaluation.Resampling;

/// <summary>Figures that are computed together.</summary>
/// <param name="Count">How many figures there are.</param>
/// <param name="Compute">Computes them.</param>
public sealed record StatisticGroup(int Count, Statistics Compute);
