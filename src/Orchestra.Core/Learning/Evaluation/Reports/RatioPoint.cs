namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>The accuracy for a part of what the best single expert costs.</summary>
/// <param name="CostRatio">The part, such as 0.1.</param>
/// <param name="Accuracy">The accuracy of the frontier there, 0 to 1; not a number where the policy is never so cheap.</param>
public readonly record struct RatioPoint(double CostRatio, double Accuracy);
