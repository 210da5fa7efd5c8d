using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Fits the first stage, which predicts outcomes before any answer is seen, in convex steps without chance: how hard queries are, what holds for all experts, what single ones are good at.</summary>
internal static class PriorTraining
{
    private const float NumberPenalty = 5;
    private const int Iterations = 60;
    private const double Tolerance = 1e-5;

    /// <summary>Fits a predictor to the outcomes of some rows.</summary>
    public static PriorPredictor Fit(TrainingData data, IReadOnlyList<int> rows, long seed, CancellationToken ct)
    {
        var queries = rows.Select(row => data.Queries[row]).ToList();
        var scale = StructureScale.Of([.. queries.Select(query => query.Numbers)]);
        queries = [.. queries.Select(query => query.On(scale))];
        var difficulty = DifficultyTraining.Fit(data.Table, rows, [.. queries.Select(query => query.Numbers)]);
        var predictor = PriorPredictor.Blank() with { Scale = scale, Difficulty = difficulty };
        var groups = PriorCases.Draw(data, rows, predictor, seed, ct);
        var objective = new OutcomeObjective(groups, PriorNumbers.Count, NumberPenalty / Math.Max(1, groups.Count));
        var weights = new float[objective.Length];
        QuasiNewton.Minimise(objective, weights, Iterations, Tolerance, ct);
        return predictor with { Weights = weights, Strengths = StrengthTraining.Fit(data, rows, queries, groups, weights, ct) };
    }
}
