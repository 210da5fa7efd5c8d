namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>The doubly robust estimator of a candidate policy's value from logged decisions, with its simpler relatives beside it.</summary>
public static class DoublyRobust
{
    /// <summary>The bound of a weight unless another is given: one decision counts for no more than so many.</summary>
    public const double DefaultMaxWeight = 50;

    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Estimates the candidate's mean reward; throws <see cref="ArgumentException"/> for a decision that could not have been logged, or where there is none.</summary>
    /// <param name="log">The decisions, independent of each other.</param>
    /// <param name="maxWeight">The bound of a weight, above 0; infinite cuts none.</param>
    public static OffPolicyEstimate Estimate(IReadOnlyList<LoggedMove> log, double maxWeight = DefaultMaxWeight)
    {
        if (log.Count == 0)
            throw new ArgumentException("There are no logged decisions.", nameof(log));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxWeight);
        double weights = 0, squares = 0, weighted = 0, direct = 0, mean = 0, deviations = 0;
        var clipped = 0;
        for (var i = 0; i < log.Count; i++)
        {
            var move = Checked(log[i]);
            var ratio = move.Candidate[move.Move] / move.Propensity;
            if (ratio > maxWeight)
                clipped++;
            var weight = Math.Min(ratio, maxWeight);
            var predicted = Expected(move);
            var value = predicted + (weight * (move.Reward - move.Predictions[move.Move]));
            weights += weight;
            squares += weight * weight;
            weighted += weight * move.Reward;
            direct += predicted;
            // Welford's update: a sum of squares would lose small variances of large rewards.
            var step = value - mean;
            mean += step / (i + 1);
            deviations += step * (value - mean);
        }

        var error = log.Count > 1 ? Math.Sqrt(deviations / (log.Count - 1) / log.Count) : double.PositiveInfinity;
        return new OffPolicyEstimate(
            log.Count,
            mean,
            error,
            new Resampling.Interval(mean - (NormalQuantile * error), mean + (NormalQuantile * error)),
            squares > 0 ? weights * weights / squares : 0,
            weighted / log.Count,
            weights > 0 ? weighted / weights : double.NaN,
            direct / log.Count,
            maxWeight,
            clipped);
    }

    private static double Expected(LoggedMove move)
    {
        var sum = 0.0;
        for (var i = 0; i < move.Candidate.Count; i++)
            sum += move.Candidate[i] * move.Predictions[i];
        return sum;
    }

    private static LoggedMove Checked(LoggedMove move)
    {
        if (move.Move < 0 || move.Move >= move.Candidate.Count || move.Predictions.Count != move.Candidate.Count)
            throw new ArgumentException("A logged move is none of those that the candidate and the predictions know.", nameof(move));
        if (move.Propensity is not (> 0 and <= 1 + 1e-9))
            throw new ArgumentException("A propensity is not above 0 and at most 1.", nameof(move));
        if (!double.IsFinite(move.Reward) || move.Predictions.Any(prediction => !double.IsFinite(prediction)))
            throw new ArgumentException("A reward or a prediction is not a finite number.", nameof(move));
        if (move.Candidate.Any(chance => chance is not >= 0) || Math.Abs(move.Candidate.Sum() - 1) > 1e-6)
            throw new ArgumentException("A candidate's probabilities do not add up to 1.", nameof(move));
        return move;
    }
}
