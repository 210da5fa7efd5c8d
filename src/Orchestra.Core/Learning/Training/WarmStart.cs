using Orchestra.Core.Learning.Features;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Predicting outcomes, which warm-starts the policy: a convex problem without chance.</summary>
internal static class WarmStart
{
    private const float TermPenalty = 3;
    private const float NumberPenalty = 15;
    private const int Iterations = 60;
    private const double Tolerance = 1e-5;

    /// <summary>Fits a predictor to the outcomes of some rows.</summary>
    public static OutcomePredictor Fit(TrainingData data, IEnumerable<int> rows, long seed, CancellationToken ct)
    {
        var blank = new PolicyWeights(new OutcomePredictor(new float[OutcomePredictor.Length]), MoveScorer.Initial(new Random(0)), data.Memory, data.Outputs);
        var groups = CaseSampler.Draw(data, rows, blank, seed, ct);
        var objective = new OutcomeObjective(groups, QueryFeatures.Buckets, CaseNumbers.Count, TermPenalty / Math.Max(1, groups.Count), NumberPenalty / Math.Max(1, groups.Count));
        var parameters = new float[objective.Length];
        QuasiNewton.Minimise(objective, parameters, Iterations, Tolerance, ct);
        return new OutcomePredictor(parameters);
    }
}
