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
        var warm = WarmStart.Fit(data, options.Seed, done => progress?.Report(new TrainingProgress("predicting outcomes", done)), ct);
        var initial = MoveScorer.Initial(new Random((int)(options.Seed & int.MaxValue)));
        var weights = new PolicyWeights(warm.Prior, warm.Posterior, initial, data.Memory, data.Outputs);
        var folds = Enumerable.Range(0, TrainingData.Folds).Select(fold => weights with { Posterior = PosteriorTraining.Fit(data, warm.Priors, data.RowsWithout(fold), options.Seed, ct) }).ToArray();
        var improvement = new GroupTraining(data, warm.Priors, split, folds, options);
        var scorer = options.Previous?.Weights.Scorer ?? improvement.Plan(weights.Scorer, ct);
        scorer = improvement.Run(scorer, progress, ct);
        weights = weights with { Scorer = scorer };
        return Policy.Create(RowVectors.Mark(weights, table.Vectors), Cards.Write(data, split, improvement, scorer, options));
    }
}
