using Orchestra.Core.Learning.Features;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Fits the first stage, which predicts outcomes before any answer is seen: a convex problem without chance.</summary>
internal static class PriorTraining
{
    private const float TermPenalty = 1;
    private const float NumberPenalty = 5;
    private const int Iterations = 60;
    private const double Tolerance = 1e-5;

    /// <summary>Fits a predictor to the outcomes of some rows.</summary>
    public static PriorPredictor Fit(TrainingData data, IReadOnlyList<int> rows, long seed, CancellationToken ct)
    {
        var groups = PriorCases.Draw(data, rows, data.Blank, seed, ct);
        var count = Math.Max(1, groups.Count);
        var objective = new OutcomeObjective(groups, QueryFeatures.Buckets, PriorNumbers.Count, TermPenalty / count, NumberPenalty / count);
        var parameters = new float[objective.Length];
        QuasiNewton.Minimise(objective, parameters, Iterations, Tolerance, ct);
        return new PriorPredictor(parameters);
    }
}
