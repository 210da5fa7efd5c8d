namespace Orchestra.Core.Learning.Evaluation.Pairs;

/// <summary>How well preferences between a weak and a strong expert spend the strong one's calls, by RouteLLM's definition.</summary>
/// <param name="WeakAccuracy">Mean score of the weak expert, 0 to 1.</param>
/// <param name="StrongAccuracy">Mean score of the strong expert, 0 to 1.</param>
/// <param name="Apgr">Average share of the gap between weak and strong that is closed; .5 is random. Not a number where the strong expert is no better than the weak one.</param>
/// <param name="Cpt50">Share of strong calls, 0 to 1, at which half of the gap is closed; not a number as <paramref name="Apgr"/>.</param>
/// <param name="Cpt80">Share of strong calls, 0 to 1, at which four fifths of the gap are closed; not a number as <paramref name="Apgr"/>.</param>
public readonly record struct PairMetrics(double WeakAccuracy, double StrongAccuracy, double Apgr, double Cpt50, double Cpt80);
