using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>The priors of all rows of a training, each from a predictor that has not seen the row's fold: what stands in for the priors of live queries, which no training has seen either.</summary>
internal sealed class RowPriors
{
    private readonly TrainingData _data;
    private readonly float[] _logOdds;

    private RowPriors(TrainingData data, float[] logOdds)
    {
        _data = data;
        _logOdds = logOdds;
    }

    /// <summary>Fits a predictor without each fold in turn and lets it predict that fold.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="started">Told of each fold, from 0, as it begins.</param>
    /// <param name="ct">Stops it.</param>
    public static RowPriors Fit(TrainingData data, long seed, Action<int> started, CancellationToken ct)
    {
        var experts = data.Names.Length;
        var logOdds = new float[data.Table.Rows.Count * experts];
        for (var fold = 0; fold < TrainingData.Folds; fold++)
        {
            started(fold);
            var predictor = PriorTraining.Fit(data, data.RowsWithout(fold), seed, ct);
            var places = predictor.Strengths.PlacesOf(data.Names);
            using var states = new ThreadLocal<QueryState>(() => new QueryState(data.Blank, data.Table.Experts));
            var rows = data.RowsOf(fold);
            TrainingCores.For(rows.Count, i =>
            {
                var row = rows[i];
                var state = states.Value!;
                data.BeginWithNeighbours(state, row);
                predictor.Predict(state.Features, state.Experts, places);
                for (var expert = 0; expert < experts; expert++)
                    logOdds[(row * experts) + expert] = state.Experts[expert].Prior;
            }, ct);
        }

        return new RowPriors(data, logOdds);
    }

    /// <summary>Puts a state at the beginning of a row, with its priors.</summary>
    public void Begin(QueryState state, int row)
    {
        var experts = _data.Names.Length;
        state.BeginKnown(_data.Table.Rows[row].Prompt, _logOdds.AsSpan(row * experts, experts));
        for (var expert = 0; expert < experts; expert++)
        {
            var outcome = _data.Table.Rows[row].Outcomes[expert];
            state.Experts[expert].IsPresent = outcome is not null;
            state.Experts[expert].IsReadable = outcome?.Response is not null;
        }
    }
}
