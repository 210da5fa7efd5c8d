using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation.Folds;

/// <summary>Trains on all folds but one and lets the result decide that one, for each fold in turn.</summary>
public static class FoldTraining
{
    /// <summary>Trains and runs; the pooled result covers every row once, each decided by a policy that never saw its prompt.</summary>
    /// <param name="setup">The comparison; it must have folds.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="train">Trains a policy on rows.</param>
    /// <param name="started">Told the number of each fold, from 1, as its training starts.</param>
    /// <param name="ct">Stops the training.</param>
    public static PolicyRun Run(EvaluationSetup setup, string name, PolicyTraining train, Action<int> started, CancellationToken ct)
    {
        var folds = setup.Folds ?? throw new ArgumentException("The comparison has no folds.", nameof(setup));
        var parts = new List<(IReplayPolicy, int[])>();
        foreach (var fold in folds.Distinct().Order())
        {
            started(fold + 1);
            var training = setup.Table.With([.. setup.Table.Rows.Where((_, row) => folds[row] != fold)]);
            parts.Add((train(training, ct), RowFolds.RowsOf(folds, fold)));
        }

        return PolicyRunner.Run(setup, name, PolicyKind.Learned, parts, ct);
    }
}
