using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>The complexity conductor's rule: the strong expert from a complexity on, the weak one below it.</summary>
internal static class ComplexityThresholds
{
    private const int Highest = 10;

    /// <summary>The baseline: of a pair by shares of strong calls, else one point for each threshold from 1 (always strong) to 11 (never).</summary>
    public static PolicyRun Run(EvaluationSetup setup)
    {
        const string Name = "complexity conductor";
        var complexities = setup.Table.Rows.Select(row => (double)TaskAnalyser.Assess(row.Prompt).Complexity).ToArray();
        if (setup.IsPair)
            return PreferencePoints.Run(setup, Name, PolicyKind.Baseline, complexities);
        var points = Enumerable.Range(1, Highest + 1).Select(threshold => PreferencePoints.At(setup, [.. complexities.Select(each => each >= threshold ? 1.0 : 0.0)])).ToList();
        return new PolicyRun(Name, PolicyKind.Baseline, points, points.MaxBy(point => point.Accuracy)!);
    }
}
