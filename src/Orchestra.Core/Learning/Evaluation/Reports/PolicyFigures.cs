namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>All that a comparison says of one policy.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Shown">The point that stands for the policy: λ = 0, of a pair half of the calls strong, else the only or the most accurate one.</param>
/// <param name="Frontier">What it reaches at each of its settings.</param>
public sealed record PolicyFigures(string Name, PolicyKind Kind, FrontierPoint Shown, IReadOnlyList<FrontierPoint> Frontier)
{
    /// <summary>Average share of the gap that is closed; null where there is no pair or no preference.</summary>
    public Estimate? Apgr { get; init; }

    /// <summary>Share of strong calls that close half of the gap; null as <see cref="Apgr"/>.</summary>
    public Estimate? Cpt50 { get; init; }

    /// <summary>Share of strong calls that close four fifths of the gap; null as <see cref="Apgr"/>.</summary>
    public Estimate? Cpt80 { get; init; }

    /// <summary>Dollars to be as accurate as the best single expert, as a part of what that one costs; two settings may be mixed.</summary>
    public required Estimate MatchBestCostRatio { get; init; }

    /// <summary>Accuracies for parts of what the best single expert costs.</summary>
    public required IReadOnlyList<RatioPoint> AtCostRatios { get; init; }

    /// <summary>The frontier with its band, from its cheapest point to its most accurate one.</summary>
    public required IReadOnlyList<BandPoint> Band { get; init; }
}
