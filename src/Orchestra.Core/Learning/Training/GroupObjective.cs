using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>
/// GRPO's loss on a batch (Shao et al. 2024, DeepSeekMath, section 4.1): the clipped ratio of probabilities times the advantage, averaged over decisions, less a bonus for entropy, plus the
/// divergence from a reference policy where there is one.
/// </summary>
/// <param name="trajectories">The batch, with advantages.</param>
/// <param name="reference">The policy to stay near; null where training began from nothing.</param>
/// <param name="divergence">The weight of the divergence from it.</param>
internal sealed class GroupObjective(IReadOnlyList<SampledTrajectory> trajectories, MoveScorer? reference, float divergence) : IObjective
{
    private const float Clip = 0.2f;
    private const float EntropyBonus = 0.003f;

    /// <inheritdoc/>
    public int Length => MoveScorer.Length;

    /// <summary>The mean entropy of the decisions at the last evaluation, in nats.</summary>
    public double Entropy { get; private set; }

    /// <summary>Writes the advantages of groups: (R − mean) / standard deviation. Returns the trajectories of groups whose rewards differ; the others teach nothing.</summary>
    public static List<SampledTrajectory> WithAdvantages(IEnumerable<IReadOnlyList<SampledTrajectory>> groups)
    {
        var kept = new List<SampledTrajectory>();
        foreach (var group in groups)
        {
            var mean = group.Average(trajectory => trajectory.Reward);
            var deviation = Math.Sqrt(group.Average(trajectory => (trajectory.Reward - mean) * (trajectory.Reward - mean)));
            if (deviation < 1e-9)
                continue;
            foreach (var trajectory in group)
                trajectory.Advantage = (trajectory.Reward - mean) / deviation;
            kept.AddRange(group);
        }

        return kept;
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
    {
        var scorer = new MoveScorer(point.ToArray());
        gradient.Clear();
        double loss = 0, entropy = 0;
        var count = Math.Max(1, trajectories.Sum(trajectory => trajectory.Steps.Count));
        var most = trajectories.Max(trajectory => (int?)trajectory.Steps.Max(step => step.Count)) ?? 0;
        var probabilities = new float[most];
        var others = new float[most];
        foreach (var trajectory in trajectories)
        {
            foreach (var step in trajectory.Steps)
            {
                var now = probabilities.AsSpan(0, step.Count);
                Fill(scorer, step, now);
                var ratio = MathF.Exp(MathF.Log(Math.Max(1e-12f, now[step.Chosen])) - step.Probability);
                var advantage = (float)trajectory.Advantage;
                var clipped = Math.Clamp(ratio, 1 - Clip, 1 + Clip);
                var isClipped = clipped * advantage < ratio * advantage;
                loss -= Math.Min(ratio * advantage, clipped * advantage);
                var stepEntropy = EntropyOf(now);
                entropy += stepEntropy;
                loss -= EntropyBonus * stepEntropy;
                var apart = 0f;
                var then = others.AsSpan(0, step.Count);
                if (reference is not null)
                {
                    Fill(reference, step, then);
                    apart = DivergenceOf(now, then);
                    loss += divergence * apart;
                }

                var pull = isClipped ? 0 : ratio * advantage;
                for (var move = 0; move < step.Count; move++)
                {
                    var logarithm = MathF.Log(Math.Max(1e-12f, now[move]));
                    var slope = -pull * ((move == step.Chosen ? 1 : 0) - now[move]);
                    slope += EntropyBonus * now[move] * (logarithm + stepEntropy);
                    if (reference is not null)
                        slope += divergence * now[move] * (logarithm - MathF.Log(Math.Max(1e-12f, then[move])) - apart);
                    if (slope != 0)
                        scorer.AddGradient(step.Moves.AsSpan(move * MoveNumbers.Count, MoveNumbers.Count), step.Position, slope / count, gradient);
                }
            }
        }

        Entropy = entropy / count;
        return loss / count;
    }

    private static void Fill(MoveScorer scorer, SampledStep step, Span<float> probabilities)
    {
        for (var move = 0; move < step.Count; move++)
            probabilities[move] = scorer.Score(step.Moves.AsSpan(move * MoveNumbers.Count, MoveNumbers.Count), step.Position);
        MoveChoice.Probabilities(probabilities);
    }

    private static float EntropyOf(ReadOnlySpan<float> probabilities)
    {
        var sum = 0f;
        foreach (var probability in probabilities)
            sum -= probability * MathF.Log(Math.Max(1e-12f, probability));
        return sum;
    }

    private static float DivergenceOf(ReadOnlySpan<float> now, ReadOnlySpan<float> then)
    {
        var sum = 0f;
        for (var i = 0; i < now.Length; i++)
            sum += now[i] * (MathF.Log(Math.Max(1e-12f, now[i])) - MathF.Log(Math.Max(1e-12f, then[i])));
        return sum;
    }
}
