namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>Estimates scores by their mean over the training rows with the same task label; live queries have no such label.</summary>
internal static class TaskMeans
{
    /// <summary>Estimates by row and expert, each from the other folds only.</summary>
    public static double[][] Estimate(EvaluationSetup setup)
    {
        var folds = setup.Folds!;
        var rows = setup.Table.Rows;
        var experts = setup.Table.Experts.Count;
        var result = new double[rows.Count][];
        foreach (var fold in folds.Distinct())
        {
            var all = new Mean(experts);
            var tasks = new Dictionary<string, Mean>();
            for (var i = 0; i < rows.Count; i++)
            {
                if (folds[i] == fold)
                    continue;
                if (!tasks.TryGetValue(rows[i].Task, out var task))
                    tasks[rows[i].Task] = task = new Mean(experts);
                task.Add(rows[i]);
                all.Add(rows[i]);
            }

            for (var i = 0; i < rows.Count; i++)
            {
                if (folds[i] == fold)
                    result[i] = tasks.GetValueOrDefault(rows[i].Task, all).Values(all);
            }
        }

        return result;
    }

    private sealed class Mean(int experts)
    {
        private readonly double[] _sums = new double[experts];
        private readonly int[] _counts = new int[experts];

        public void Add(Replay.ReplayRow row)
        {
            for (var expert = 0; expert < _sums.Length; expert++)
            {
                if (row.Outcomes[expert] is not { } outcome)
                    continue;
                _sums[expert] += outcome.Score;
                _counts[expert]++;
            }
        }

        public double[] Values(Mean fallback) =>
            [.. Enumerable.Range(0, _sums.Length).Select(expert => _counts[expert] > 0 ? _sums[expert] / _counts[expert] : fallback._sums[expert] / Math.Max(1, fallback._counts[expert]))];
    }
}
