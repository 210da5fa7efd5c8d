using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Training.Trees;

namespace Orchestra.Core.Learning.Training;

/// <summary>Fits the second stage, which predicts outcomes from priors and answers, with priors that have not seen the row.</summary>
internal static class PosteriorTraining
{
    private const float NumberPenalty = 3;
    private const int Iterations = 60;
    private const double Tolerance = 1e-5;
    private const int Trees = 100;
    private const double Rate = 0.12;

    /// <summary>Fits a predictor to the outcomes of some rows.</summary>
    public static PosteriorPredictor Fit(TrainingData data, RowPriors priors, IReadOnlyList<int> rows, long seed, CancellationToken ct)
    {
        var groups = PosteriorCases.Draw(data, priors, rows, seed, ct);
        if (groups.All(group => group.Cases.Count == 0))
            return PosteriorPredictor.Blank();
        var objective = new OutcomeObjective(groups, PosteriorNumbers.Count, NumberPenalty / groups.Count);
        var parameters = new float[objective.Length];
        QuasiNewton.Minimise(objective, parameters, Iterations, Tolerance, ct);
        return new PosteriorPredictor(parameters, TreeTraining.Fit(groups, Trees, Rate, seed, ct));
    }
}
