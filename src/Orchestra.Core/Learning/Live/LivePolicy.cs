using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Live;

/// <summary>A policy that goes on learning from outcomes as they come: its memory of similar queries grows and what is believed of the experts follows, while its weights stay.</summary>
internal sealed class LivePolicy
{
    private readonly QueryState _state;
    private readonly IReadOnlyList<ExpertDescriptor> _experts;
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private readonly TrainedRows _trained;

    /// <summary>A policy with what it was trained on.</summary>
    /// <param name="policy">The policy, which does not change.</param>
    /// <param name="experts">The host's experts.</param>
    public LivePolicy(Policy policy, IReadOnlyList<ExpertDescriptor> experts)
    {
        var trained = policy.Weights.Memory;
        Weights = policy.Weights with { Memory = trained.Copy() };
        _trained = new TrainedRows(trained);
        _experts = [.. experts.Where(expert => expert.IsChat)];
        Beliefs = new ExpertBeliefs(_experts, trained);
        _state = new QueryState(Weights, _experts);
    }

    /// <summary>The weights, with the memory that grows.</summary>
    public PolicyWeights Weights { get; }

    /// <summary>What is believed of the experts.</summary>
    public ExpertBeliefs Beliefs { get; }

    /// <summary>Learns from an outcome, in the place of what was known of the same trajectory; one that the policy was trained on tells nothing new.</summary>
    public void Put(LiveOutcome outcome)
    {
        Remove(outcome.TrajectoryId);
        if (_trained.Hold(outcome))
            return;
        Predict(outcome);
        _rows[outcome.TrajectoryId] = Weights.Memory.Add(outcome.Vector, outcome.Scores);
    }

    /// <summary>Takes back what was learned from a trajectory.</summary>
    public void Remove(string trajectory)
    {
        if (!_rows.Remove(trajectory, out var row))
            return;
        Weights.Memory.Forget(row);
        Beliefs.Remove(trajectory);
    }

    /// <summary>Keeps what was learned from a trajectory for good.</summary>
    public void Release(string trajectory) => _rows.Remove(trajectory);

    /// <summary>Compares the outcome with what would have been predicted before it was known.</summary>
    private void Predict(LiveOutcome outcome)
    {
        _state.BeginWith(outcome.Prompt, outcome.Vector);
        _state.Predict();
        foreach (var (name, score) in outcome.Scores)
        {
            for (var i = 0; i < _experts.Count; i++)
            {
                if (_experts[i].Name == name)
                    Beliefs.Add(name, outcome.TrajectoryId, LogOdds(_state.Experts[i].Chance), score);
            }
        }
    }

    private static double LogOdds(float chance)
    {
        var within = Math.Clamp(chance, 1e-4, 1 - 1e-4);
        return Math.Log(within / (1 - within));
    }
}
