using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Scheduling;

/// <summary>
/// A candidate beside the present policy, on rows that neither was trained on: how much better it predicts outcomes, and what it gains where a row holds a choice. Rows of a host's own traffic mostly
/// hold the outcome of one expert, with which decisions cannot be told apart, but predictions can.
/// </summary>
/// <param name="Rows">Rows that were compared on.</param>
/// <param name="Gain">By how much the mean log-likelihood of an outcome is greater, in nats.</param>
/// <param name="Error">The standard error of that.</param>
/// <param name="Reward">By how much the mean reward is greater over rows with outcomes of several experts; 0 where there is none.</param>
internal sealed record PolicyComparison(int Rows, double Gain, double Error, double Reward)
{
    private const int LeastRows = 5;
    private static readonly double[] Lambdas = [0, 0.001, 0.01, 0.1, 1];

    /// <summary>Whether the candidate predicts better beyond chance, and decides no worse.</summary>
    public bool IsBetter => Rows >= LeastRows && Gain > Error && Reward >= 0;

    /// <summary>Compares.</summary>
    /// <param name="candidate">The new policy.</param>
    /// <param name="present">The present one.</param>
    /// <param name="held">Rows that neither has seen.</param>
    public static PolicyComparison Of(PolicyWeights candidate, PolicyWeights present, ReplayTable held)
    {
        var gains = Likelihoods(candidate, held).Zip(Likelihoods(present, held), (one, other) => one - other).ToList();
        if (gains.Count < 2)
            return new PolicyComparison(held.Rows.Count, 0, 0, 0);
        var mean = gains.Average();
        var variance = gains.Sum(gain => (gain - mean) * (gain - mean)) / (gains.Count - 1);
        return new PolicyComparison(held.Rows.Count, mean, Math.Sqrt(variance / gains.Count), MeanReward(candidate, held) - MeanReward(present, held));
    }

    /// <summary>The mean log-likelihood of each row's outcomes, before any answer is seen.</summary>
    private static IEnumerable<double> Likelihoods(PolicyWeights weights, ReplayTable held)
    {
        var state = new QueryState(weights, held.Experts);
        foreach (var row in held.Rows)
        {
            if (held.Vectors is { } vectors)
                state.BeginWith(row.Prompt, vectors.Of(row.Prompt));
            else
                state.Begin(row.Prompt);
            state.Predict();
            var sum = 0.0;
            var count = 0;
            for (var expert = 0; expert < row.Outcomes.Count; expert++)
            {
                if (row.Outcomes[expert] is not { } outcome)
                    continue;
                var chance = Math.Clamp(state.Experts[expert].Chance, 1e-3, 1 - 1e-3);
                sum += (outcome.Score * Math.Log(chance)) + ((1 - outcome.Score) * Math.Log(1 - chance));
                count++;
            }

            yield return sum / count;
        }
    }

    private static double MeanReward(PolicyWeights weights, ReplayTable held)
    {
        var choices = held.Rows.Where(row => row.Outcomes.Count(outcome => outcome is not null) > 1).ToList();
        if (choices.Count == 0)
            return 0;
        using var policy = new LearnedReplayPolicy(weights);
        var scale = Efficiency.ScaleOf(held.Experts);
        return Lambdas.Average(lambda => choices.Average(row =>
        {
            var episode = new ReplayEpisode(held, row);
            while (episode.Finished < 0)
                episode.Make(policy.Decide(episode, lambda));
            return Efficiency.Reward(episode.Score, episode.CostUsd, scale, lambda) / (1 + lambda);
        }));
    }
}
