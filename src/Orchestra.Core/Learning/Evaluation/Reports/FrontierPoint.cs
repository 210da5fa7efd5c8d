using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>What a policy reaches at one of its settings.</summary>
/// <param name="Lambda">The λ that it was given; null where another setting moves it.</param>
/// <param name="Accuracy">Mean score, 0 to 1.</param>
/// <param name="CostUsdPer1k">Dollars for a thousand queries, all calls billed.</param>
/// <param name="CallsPerQuery">Calls of experts for one query.</param>
/// <param name="StrongShare">Share of queries for which the strong expert is called, 0 to 1.</param>
public sealed record FrontierPoint(double? Lambda, double Accuracy, double CostUsdPer1k, double CallsPerQuery, double StrongShare)
{
    /// <summary>The interval of <see cref="Accuracy"/>.</summary>
    public required Interval AccuracyInterval { get; init; }

    /// <summary>The interval of <see cref="CostUsdPer1k"/>.</summary>
    public required Interval CostInterval { get; init; }

    /// <summary>Calls for one query, in the order of the experts.</summary>
    public required IReadOnlyList<double> CallsByExpert { get; init; }
}
