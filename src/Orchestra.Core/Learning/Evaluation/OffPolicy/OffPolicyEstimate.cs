namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>What a candidate policy is worth, estimated from traffic that another policy served.</summary>
/// <param name="Queries">Number of logged queries.</param>
/// <param name="Value">Mean reward of the candidate, doubly robust: right where either the propensities or the predictions are.</param>
/// <param name="Logged">Mean reward of the queries as they were served.</param>
/// <param name="Gain">The difference of the two, query by query: narrower than the two intervals, since both rest on the same queries.</param>
/// <param name="EffectiveSampleSize">How many queries of the candidate itself the weighted ones are worth, 0 and up.</param>
/// <param name="Ips">The estimate by weights alone, decision by decision.</param>
/// <param name="Snips">The estimate by weights that are made to add up to 1 at each decision; not a number where all weights are 0.</param>
/// <param name="DirectMethod">The estimate by predictions alone.</param>
/// <param name="LargestWeight">The largest weight of a query, before any was cut.</param>
/// <param name="MaxWeight">The bound of a weight; larger ones were cut, which favours the predictions.</param>
/// <param name="Clipped">Queries with a weight that was cut.</param>
public sealed record OffPolicyEstimate(
    int Queries,
    MeanEstimate Value,
    MeanEstimate Logged,
    MeanEstimate Gain,
    double EffectiveSampleSize,
    double Ips,
    double Snips,
    double DirectMethod,
    double LargestWeight,
    double MaxWeight,
    int Clipped);
