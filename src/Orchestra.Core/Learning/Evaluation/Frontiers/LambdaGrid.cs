namespace Orchestra.Core.Learning.Evaluation.Frontiers;

/// <summary>The values of λ at which policies are compared.</summary>
public static class LambdaGrid
{
    private const int Steps = 24;

    /// <summary>0, then 24 values from 0.0001 to 10 with equal ratios.</summary>
    public static IReadOnlyList<double> Default { get; } = [0, .. Enumerable.Range(0, Steps).Select(i => Math.Pow(10, -4 + (5.0 * i / (Steps - 1))))];
}
