using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>What a candidate policy is worth, estimated from traffic that another policy served.</summary>
/// <param name="Decisions">Number of logged decisions.</param>
/// <param name="Value">Mean reward of the candidate, doubly robust: right where either the propensities or the predictions are.</param>
/// <param name="StandardError">Standard error of <paramref name="Value"/>.</param>
/// <param name="Interval">Its 95 % interval, from the normal distribution.</param>
/// <param name="EffectiveSampleSize">How many decisions of the candidate itself the weighted ones are worth, 0 and up.</param>
/// <param name="Ips">The estimate by weights alone.</param>
/// <param name="Snips">The estimate by weights that are made to add up to 1; not a number where all weights are 0.</param>
/// <param name="DirectMethod">The estimate by predictions alone.</param>
/// <param name="MaxWeight">The bound of a weight; larger ones were cut, which favours the predictions.</param>
/// <param name="Clipped">Decisions whose weight was cut.</param>
public sealed record OffPolicyEstimate(
    int Decisions,
    double Value,
    double StandardError,
    Interval Interval,
    double EffectiveSampleSize,
    double Ips,
    double Snips,
    double DirectMethod,
    double MaxWeight,
    int Clipped);
