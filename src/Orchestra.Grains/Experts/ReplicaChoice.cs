namespace Orchestra.Grains.Experts;

/// <summary>
/// Chooses replicas by the least work of two random ones (Mitzenmacher 2001), which keeps queues short without asking anybody; work is what this silo has given out and not yet got back.
/// </summary>
/// <param name="replicas">How many there are, from 0.</param>
/// <param name="random">Draws them; used under a lock.</param>
internal sealed class ReplicaChoice(int replicas, Random random)
{
    private readonly int[] _outstanding = new int[replicas];

    /// <summary>How many there are.</summary>
    public int Count => _outstanding.Length;

    /// <summary>Work that a replica has been given and has not ended.</summary>
    public int Outstanding(int replica) => Volatile.Read(ref _outstanding[replica]);

    /// <summary>The next replica to ask among those that <paramref name="isOpen"/> leaves; −1 where it leaves none. Its work grows by one until <see cref="Leave"/>.</summary>
    public int Enter(Func<int, bool> isOpen)
    {
        var open = Enumerable.Range(0, Count).Where(isOpen).ToArray();
        if (open.Length == 0)
            return -1;
        var chosen = open.Length == 1 ? open[0] : LessOfTwo(open);
        Interlocked.Increment(ref _outstanding[chosen]);
        return chosen;
    }

    /// <summary>Ends a piece of work.</summary>
    public void Leave(int replica) => Interlocked.Decrement(ref _outstanding[replica]);

    private int LessOfTwo(int[] open)
    {
        int first, second;
        lock (random)
        {
            first = random.Next(open.Length);
            second = random.Next(open.Length - 1);
        }

        if (second >= first)
            second++;
        return Outstanding(open[first]) <= Outstanding(open[second]) ? open[first] : open[second];
    }
}
