using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>The best accuracy at one cost, between settings of a policy that are mixed.</summary>
/// <param name="CostUsdPer1k">Dollars for a thousand queries.</param>
/// <param name="Accuracy">The accuracy of the frontier there, 0 to 1.</param>
/// <param name="Interval">Its interval.</param>
public sealed record BandPoint(double CostUsdPer1k, double Accuracy, Interval Interval);
