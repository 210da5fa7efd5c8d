using Orchestra.Grains.Experts;

namespace Orchestra.Grains.Placement;

/// <summary>
/// Spreads the replicas of an expert over silos. The place follows from what is known alone: silos that place several replicas at the same moment, before any report tells of the others, come to
/// different places for them. A replica that the directory of grains has lost goes back to the silo that holds it.
/// </summary>
internal static class ReplicaSpread
{
    /// <summary>The silo for a replica among those that can hold it: the one with the fewest replicas of its expert, then the fewest of all, when the replicas before it have their places; null where there is none.</summary>
    /// <param name="key">The replica.</param>
    /// <param name="able">The silos that can hold one more.</param>
    /// <param name="needMb">GPU memory that a replica takes, MiB.</param>
    public static SiloAddress? Choose(ExpertKey key, IReadOnlyList<SiloSpace> able, int needMb)
    {
        var name = key.ToString();
        if (able.FirstOrDefault(silo => silo.Held.Contains(name)) is { } holder)
            return holder.Silo;
        var places = able.Select(silo => new Place(silo, key.Expert)).ToList();
        var held = able.SelectMany(silo => silo.Held).ToHashSet(StringComparer.Ordinal);
        Place? chosen = null;
        for (var replica = 0; replica <= key.Replica; replica++)
        {
            if (replica < key.Replica && held.Contains(new ExpertKey(key.Expert, replica).ToString()))
                continue;
            // Where the memory does not reach for all, the report of a silo that refused decides next time.
            chosen = places.Where(place => place.FreeMb >= needMb).MinBy(place => place.Rank) ?? places.MinBy(place => place.Rank);
            chosen?.Take(needMb);
        }

        return chosen?.Silo;
    }

    /// <summary>The replica that a silo should give away; null where it holds no more than its part.</summary>
    /// <param name="held">The keys of the replicas that it holds.</param>
    /// <param name="able">The other silos that can hold a replica.</param>
    public static ReplicaMove? ToMove(IReadOnlyCollection<string> held, Func<ExpertKey, IReadOnlyList<SiloSpace>> able)
    {
        var experts = held.Select(ExpertKey.Parse).GroupBy(key => key.Expert, StringComparer.Ordinal)
            .Select(keys => (Last: keys.MaxBy(key => key.Replica), Count: keys.Count())).OrderByDescending(keys => keys.Count).ThenBy(keys => keys.Last.Expert, StringComparer.Ordinal).ToList();
        foreach (var (last, count) in experts.Where(expert => expert.Count > 1))
        {
            if (able(last).Any(silo => silo.CountOf(last.Expert) + 1 < count))
                return new ReplicaMove(last, WhileItWorks: true);
        }

        foreach (var (last, count) in experts)
        {
            if (able(last).Any(silo => silo.CountOf(last.Expert) < count && silo.Held.Count + 1 < held.Count))
                return new ReplicaMove(last, WhileItWorks: count > 1);
        }

        return null;
    }

    private sealed class Place(SiloSpace space, string expert)
    {
        private readonly uint _order = Mix(space.Silo, expert);
        private int _own = space.CountOf(expert);
        private int _all = space.Held.Count;

        public SiloAddress Silo => space.Silo;

        /// <summary>The lower, the better a place.</summary>
        public (int Own, int All, uint Order) Rank => (_own, _all, _order);

        public int FreeMb { get; private set; } = space.FreeMb;

        public void Take(int needMb)
        {
            _own++;
            _all++;
            FreeMb -= needMb;
        }

        /// <summary>An order of silos that differs by expert, so that first replicas do not meet on one silo; the same on every silo.</summary>
        private static uint Mix(SiloAddress silo, string expert)
        {
            var hash = (uint)silo.GetConsistentHashCode();
            foreach (var character in expert)
                hash = (hash ^ character) * 16_777_619;
            return hash;
        }
    }
}
