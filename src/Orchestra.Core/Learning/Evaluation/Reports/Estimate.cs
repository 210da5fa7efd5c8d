using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>A figure with its interval.</summary>
/// <param name="Value">The figure on all rows; not a number where it is not defined, infinite where it is not reached.</param>
/// <param name="Interval">Its 95 % interval.</param>
public readonly record struct Estimate(double Value, Interval Interval);
