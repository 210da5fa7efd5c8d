using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Live;

/// <summary>
/// What a host believes of the experts beyond what its policy predicts. An expert of which little is known is taken for better than predicted by one standard deviation while nobody was
/// asked, so that it is tried (optimism under uncertainty); that vanishes as outcomes come, and also where none come, since then nothing is learned by trying. One thread writes, any number reads.
/// </summary>
internal sealed class ExpertBeliefs
{
    /// <summary>Calls without an outcome after which half of the optimism is gone.</summary>
    private const double Patience = 50;

    private const float Least = 1e-4f;

    private readonly Dictionary<string, ExpertEvidence> _evidence = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StrongBox<long>> _asked = new(StringComparer.Ordinal);
    private Dictionary<string, ExpertBelief> _beliefs = new(StringComparer.Ordinal);

    /// <summary>Beliefs of experts.</summary>
    /// <param name="experts">The experts; of others nothing is ever known.</param>
    /// <param name="trained">Outcomes that the policy was trained on.</param>
    public ExpertBeliefs(IEnumerable<ExpertDescriptor> experts, OutcomeMemory trained)
    {
        foreach (var expert in experts)
            _evidence.Add(expert.Name, new ExpertEvidence(trained.Total(expert.Name)));
        Publish();
    }

    /// <summary>What is believed of an expert.</summary>
    public ExpertBelief this[string expert] => Volatile.Read(ref _beliefs).TryGetValue(expert, out var belief) ? belief : new ExpertBelief(0, ExpertBelief.Unknown, 0, 0);

    /// <summary>Shifts what is predicted of the experts that are present.</summary>
    /// <param name="experts">The experts, with the chances that the policy predicts.</param>
    /// <param name="descriptors">What each of them is.</param>
    /// <param name="isFirst">Whether nobody was asked yet.</param>
    public void Apply(IReadOnlyList<SeenExpert> experts, IReadOnlyList<ExpertDescriptor> descriptors, bool isFirst)
    {
        for (var i = 0; i < experts.Count; i++)
        {
            if (!experts[i].IsPresent)
                continue;
            var name = descriptors[i].Name;
            var belief = this[name];
            var shift = belief.Shift + (isFirst ? belief.Doubt * Curiosity(name, belief.Outcomes) : 0);
            var chance = Math.Clamp(experts[i].Chance, Least, 1 - Least);
            experts[i].Chance = OutcomeWeights.Sigmoid((float)(Math.Log(chance / (1 - chance)) + shift));
        }
    }

    /// <summary>Whether an expert is asked now and then only because too little is known of it. That ends with its outcomes, and where twice as many calls bring none.</summary>
    /// <param name="expert">The expert.</param>
    /// <param name="trials">Outcomes that are enough.</param>
    public bool IsOnTrial(string expert, int trials)
    {
        var belief = this[expert];
        return belief.Outcomes + belief.Trained < trials && CallsOf(expert) < (2 * trials) + belief.Outcomes;
    }

    /// <summary>Counts a call.</summary>
    public void Asked(string expert) => Interlocked.Increment(ref _asked.GetOrAdd(expert, static _ => new StrongBox<long>()).Value);

    /// <summary>Takes an outcome in.</summary>
    public void Add(string expert, string trajectory, double logOdds, double score)
    {
        if (_evidence.TryGetValue(expert, out var evidence))
            evidence.Add(trajectory, logOdds, score);
    }

    /// <summary>Takes the outcomes of a trajectory back.</summary>
    public void Remove(string trajectory)
    {
        foreach (var evidence in _evidence.Values)
            evidence.Remove(trajectory);
    }

    /// <summary>Lets readers see what was taken in.</summary>
    public void Publish() => Volatile.Write(ref _beliefs, _evidence.ToDictionary(pair => pair.Key, pair => pair.Value.Belief(), StringComparer.Ordinal));

    private double Curiosity(string expert, long outcomes) => Patience / (Patience + Math.Max(0, CallsOf(expert) - outcomes));

    private long CallsOf(string expert) => _asked.TryGetValue(expert, out var count) ? Interlocked.Read(ref count.Value) : 0;
}
