using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Learning.Evaluation;

/// <summary>What a policy did with the rows, before figures are made of it.</summary>
/// <param name="Name">The name in reports.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Points">What it did at each of its settings; at least one.</param>
/// <param name="Shown">The point that reports show as the policy's own accuracy and cost.</param>
public sealed record PolicyRun(string Name, PolicyKind Kind, IReadOnlyList<OperatingPoint> Points, OperatingPoint Shown)
{
    /// <summary>For each row how much the strong expert of the pair is preferred; null where there is no pair or no preference.</summary>
    public IReadOnlyList<double>? Preferences { get; init; }
}
