namespace Orchestra.Core.Learning.Embeddings;

/// <summary>
/// Remembers vectors. Bounded by two generations: when the young one is full it becomes the old one, and what was not asked for since then is forgotten.
/// Safe for any number of threads.
/// </summary>
/// <param name="capacity">Vectors to remember at most, 2 or more.</param>
internal sealed class VectorCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly int _generation = capacity / 2;
    private Dictionary<VectorKey, float[]> _young = [];
    private Dictionary<VectorKey, float[]> _old = [];

    /// <summary>The vector; null where it is not remembered.</summary>
    public float[]? Find(VectorKey key)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key, out var vector))
                return vector;
            if (_old.Remove(key, out vector))
                Keep(key, vector);
            return vector;
        }
    }

    /// <summary>Remembers a vector, which must not change any more.</summary>
    public void Add(VectorKey key, float[] vector)
    {
        lock (_lock)
            Keep(key, vector);
    }

    private void Keep(VectorKey key, float[] vector)
    {
        if (_young.Count >= _generation)
            (_old, _young) = (_young, []);
        _young[key] = vector;
    }
}
