namespace Orchestra.Core.Learning.Evaluation.Resampling;

/// <summary>Computes figures of rows that count as often as their weights say; called from several threads at once.</summary>
/// <param name="weights">For each row how often it was drawn.</param>
/// <param name="figures">Where the figures go; not a number where one is not defined.</param>
public delegate void Statistics(ReadOnlySpan<double> weights, Span<double> figures);
