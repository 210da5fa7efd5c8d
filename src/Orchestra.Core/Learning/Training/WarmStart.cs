using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Predicting outcomes, in two stages, which warm-starts the policy.</summary>
/// <param name="Prior">The first stage, from all rows.</param>
/// <param name="Priors">Priors of the rows, each from a predictor that has not seen it.</param>
/// <param name="Posterior">The second stage, from all rows.</param>
internal sealed record WarmStart(PriorPredictor Prior, RowPriors Priors, PosteriorPredictor Posterior)
{
    /// <summary>Fits both stages.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="ct">Stops it.</param>
    public static WarmStart Fit(TrainingData data, long seed, Action<double> progress, CancellationToken ct)
    {
        const double steps = TrainingData.Folds + 2;
        var priors = RowPriors.Fit(data, seed, fold => progress(fold / steps), ct);
        progress(TrainingData.Folds / steps);
        var prior = PriorTraining.Fit(data, data.Rows, seed, ct);
        progress((TrainingData.Folds + 1) / steps);
        return new WarmStart(prior, priors, PosteriorTraining.Fit(data, priors, data.Rows, seed, ct));
    }
}
