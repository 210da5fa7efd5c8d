namespace Orchestra.Core.Learning.Rollout;

/// <summary>What this host knows and the store has not got yet: sums by the rollout's version, one small value for each, and a bounded number of queries that clients may speak of.</summary>
public sealed class RolloutTallies
{
    /// <summary>Queries that are kept at most. Further ones are never heard, whatever became of them, so that the shares stay right.</summary>
    public const int MostAwaiting = 20_000;

    private readonly Lock _gate = new();
    private List<AwaitingQuery> _awaiting = [];
    private Dictionary<long, RolloutTally> _sums = [];

    /// <summary>Adds to a version's sums.</summary>
    public void Add(long version, RolloutTally tally)
    {
        lock (_gate)
            _sums[version] = _sums.GetValueOrDefault(version) + tally;
    }

    /// <summary>Keeps a query that clients may speak of.</summary>
    public void Await(AwaitingQuery query)
    {
        lock (_gate)
        {
            if (_awaiting.Count < MostAwaiting)
                _awaiting.Add(query);
        }
    }

    /// <summary>Hands these queries over and begins anew.</summary>
    public IReadOnlyList<AwaitingQuery> TakeAwaiting()
    {
        lock (_gate)
        {
            var taken = _awaiting;
            _awaiting = [];
            return taken;
        }
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
