using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>
/// Trains policies: predicting outcomes warm-starts them, then GRPO improves their decisions on sampled trajectories. The same rows, options and kind of processor give the same bytes.
/// </summary>
public static class PolicyTrainer
{
    /// <summary>Trains a policy. Where it is stopped after the warm start, the best policy so far is returned; before that, <see cref="OperationCanceledException"/> is thrown.</summary>
    /// <param name="table">What it learns from.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how it is going; null for nobody.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The policy; its file's bytes are <see cref="Policy.ToBytes"/>.</returns>
    public static Policy Train(ReplayTable table, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken ct)
    {
        if (table.Rows.Count < 2 || table.Experts.Count < 1)
            throw new OrchestraException(ErrorCode.InvalidRequest, 400, "There are fewer than two usable rows to learn from. Give tables with more rows, or other experts.");
        progress?.Report(new TrainingProgress("reading answers", 0));
        var data = new TrainingData(table, options.Seed, ct);
        var split = RowSplit.Of(table, options.Holdout, options.Seed);
        var weights = Predictors(data, split, options.Seed, progress, ct, out var folds);
        var improvement = new GroupTraining(data, split, folds, options);
        var scorer = options.Previous?.Weights.Scorer ?? improvement.Calibrate(weights.Scorer, ct);
        scorer = improvement.Run(scorer, progress, ct);
        weights = weights with { Scorer = scorer };
        return Policy.Create(RowVectors.Mark(weights, table.Vectors), Cards.Write(data, split, improvement, scorer, options));
    }

    /// <summary>The predictor of the policy, and those that have not seen a row's fold, with which its trajectories are played.</summary>
    private static PolicyWeights Predictors(TrainingData data, RowSplit split, long seed, IProgress<TrainingProgress>? progress, CancellationToken ct, out PolicyWeights[] folds)
    {
        var initial = MoveScorer.Initial(new Random((int)(seed & int.MaxValue)));
        PolicyWeights With(OutcomePredictor predictor) => new(predictor, initial, data.Memory, data.Outputs);
        folds = new PolicyWeights[TrainingData.Folds];
        for (var fold = 0; fold < folds.Length; fold++)
        {
            progress?.Report(new TrainingProgress("predicting outcomes", (double)fold / (folds.Length + 1)));
            folds[fold] = With(WarmStart.Fit(data, split.All.Where(row => data.Fold[row] != fold), seed, ct));
        }

        progress?.Report(new TrainingProgress("predicting outcomes", (double)folds.Length / (folds.Length + 1)));
        return With(WarmStart.Fit(data, split.All, seed, ct));
    }
}
