using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Live;

/// <summary>The outcomes of the host's own traffic, the newest ones, and the policies that learn from them. One thread writes; those who decide read what is published, without a lock.</summary>
/// <param name="catalogue">The host's experts.</param>
public sealed class LiveOutcomes(ExpertCatalogue catalogue)
{
    /// <summary>Outcomes that are kept for policies to come; those that were loaded before remember more.</summary>
    public const int Most = 4_096;

    private readonly Lock _gate = new();
    private readonly LinkedList<LiveOutcome> _outcomes = [];
    private readonly Dictionary<string, LinkedListNode<LiveOutcome>> _byTrajectory = new(StringComparer.Ordinal);
    private readonly List<WeakReference<LivePolicy>> _policies = [];

    /// <summary>Outcomes that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _outcomes.Count;
        }
    }

    /// <summary>Lets a policy learn from what is known and what comes, as long as it is in use.</summary>
    internal LivePolicy Follow(Policy policy)
    {
        var live = new LivePolicy(policy, catalogue.Descriptors);
        lock (_gate)
        {
            foreach (var outcome in _outcomes)
                live.Put(outcome);
            live.Beliefs.Publish();
            _policies.Add(new WeakReference<LivePolicy>(live));
        }

        return live;
    }

    /// <summary>Takes outcomes in, each in the place of what was known of the same trajectory; trajectories of which nothing is known any more go.</summary>
    internal void Take(IEnumerable<LiveOutcome> outcomes, IEnumerable<string> gone)
    {
        lock (_gate)
        {
            var policies = Policies();
            foreach (var trajectory in gone)
            {
                Drop(trajectory);
                policies.ForEach(policy => policy.Remove(trajectory));
            }

            foreach (var outcome in outcomes)
            {
                Drop(outcome.TrajectoryId);
                _byTrajectory[outcome.TrajectoryId] = _outcomes.AddLast(outcome);
                policies.ForEach(policy => policy.Put(outcome));
                if (_outcomes.Count > Most)
                    Release(_outcomes.First!.Value.TrajectoryId, policies);
            }

            policies.ForEach(policy => policy.Beliefs.Publish());
        }
    }

    private void Release(string trajectory, List<LivePolicy> policies)
    {
        Drop(trajectory);
        policies.ForEach(policy => policy.Release(trajectory));
    }

    private void Drop(string trajectory)
    {
        if (_byTrajectory.Remove(trajectory, out var node))
            _outcomes.Remove(node);
    }

    private List<LivePolicy> Policies()
    {
        var alive = new List<LivePolicy>();
        _policies.RemoveAll(reference =>
        {
            if (!reference.TryGetTarget(out var policy))
                return true;
            alive.Add(policy);
            return false;
        });
        return alive;
    }
}
