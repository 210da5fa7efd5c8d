namespace Orchestra.Core.Learning.Rollout;

/// <summary>Sums on this host that the store has not got yet, by the rollout's version; one small value for each version since the last flush.</summary>
public sealed class RolloutTallies
{
    private readonly Lock _gate = new();
    private Dictionary<long, RolloutTally> _sums = [];

    /// <summary>Adds to a version's sums.</summary>
    public void Add(long version, RolloutTally tally)
    {
        lock (_gate)
            _sums[version] = _sums.GetValueOrDefault(version) + tally;
    }

    /// <summary>Hands all sums over and begins anew.</summary>
    public IReadOnlyDictionary<long, RolloutTally> Take()
    {
        lock (_gate)
        {
            var taken = _sums;
            _sums = [];
            return taken;
        }
    }
}
