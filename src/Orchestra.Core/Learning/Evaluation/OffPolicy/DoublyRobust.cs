namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>
/// The doubly robust estimator of a candidate policy's value from logged queries, with its simpler relatives beside it: for one decision that of Dudík, Langford and Li, "Doubly robust
/// policy evaluation and learning" (ICML 2011), for several in a row that of Jiang and Li, "Doubly robust off-policy value evaluation for reinforcement learning" (ICML 2016).
/// </summary>
public static class DoublyRobust
{
    /// <summary>The bound of a weight unless another is given: one query counts for no more than so many.</summary>
    public const double DefaultMaxWeight = 50;

    /// <summary>Estimates the candidate's mean reward; throws <see cref="ArgumentException"/> for a decision that could not have been logged, or where there is none.</summary>
    /// <param name="log">The queries, independent of each other, each with its decisions in order, at least one.</param>
    /// <param name="maxWeight">The bound of a weight, above 0; infinite cuts none.</param>
    public static OffPolicyEstimate Estimate(IReadOnlyList<IReadOnlyList<LoggedMove>> log, double maxWeight = DefaultMaxWeight)
    {
        if (log.Count == 0 || log.Any(query => query.Count == 0))
            throw new ArgumentException("There are no logged queries, or one without a decision.", nameof(log));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxWeight);
        RunningMean values = default, logged = default, gains = default;
        double weights = 0, squares = 0, weighted = 0, direct = 0, largest = 0;
        var clipped = 0;
        var normalised = new NormalisedSum(log.Max(query => query.Count));
        foreach (var query in log)
        {
            double value = 0, reward = 0, weight = 1, uncut = 1;
            var isCut = false;
            for (var i = 0; i < query.Count; i++)
            {
                var move = Checked(query[i]);
                var predicted = Expected(move);
                direct += i == 0 ? predicted : 0;
                value += weight * predicted;
                var ratio = move.Candidate[move.Move] / move.Propensity;
                uncut *= ratio;
                isCut |= weight * ratio > maxWeight;
                weight = Math.Min(weight * ratio, maxWeight);
                value += weight * (move.Reward - move.Predictions[move.Move]);
                weighted += weight * move.Reward;
                reward += move.Reward;
                normalised.Add(i, weight, move.Reward);
            }

            normalised.End(query.Count, weight);
            weights += weight;
            squares += weight * weight;
            largest = Math.Max(largest, uncut);
            clipped += isCut ? 1 : 0;
            values.Add(value);
            logged.Add(reward);
            gains.Add(value - reward);
        }

        return new OffPolicyEstimate(
            log.Count, values.Estimate, logged.Estimate, gains.Estimate, squares > 0 ? weights * weights / squares : 0, weighted / log.Count, normalised.Total, direct / log.Count, largest,
            maxWeight, clipped);
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
        if (move.Propensity is not (> 0 and <= 1 + 1e-6))
            throw new ArgumentException("A propensity is not above 0 and at most 1.", nameof(move));
        if (!double.IsFinite(move.Reward) || move.Predictions.Any(prediction => !double.IsFinite(prediction)))
            throw new ArgumentException("A reward or a prediction is not a finite number.", nameof(move));
        if (move.Candidate.Any(chance => chance is not >= 0) || Math.Abs(move.Candidate.Sum() - 1) > 1e-5)
            throw new ArgumentException("A candidate's probabilities do not add up to 1.", nameof(move));
        return move;
    }

    /// <summary>Rewards by the decision that brought them, each divided by the weights of all queries there; a query that has ended keeps its last weight.</summary>
    private sealed class NormalisedSum(int decisions)
    {
        private readonly double[] _rewards = new double[decisions];
        private readonly double[] _weights = new double[decisions];

        public double Total
        {
            get
            {
                var sum = 0.0;
                for (var i = 0; i < _rewards.Length; i++)
                    sum += _weights[i] > 0 ? _rewards[i] / _weights[i] : double.NaN;
                return sum;
            }
        }

        public void Add(int decision, double weight, double reward)
        {
            _weights[decision] += weight;
            _rewards[decision] += weight * reward;
        }

        public void End(int count, double weight)
        {
            for (var i = count; i < _weights.Length; i++)
                _weights[i] += weight;
        }
    }
}
