using System.Collections.Concurrent;

namespace Orchestra.Core.Tenants;

/// <summary>
/// Keys that were looked up in the last seconds, by their public part. Bounded by two generations: when the younger is full, the older goes.
/// </summary>
/// <param name="capacity">Keys in a generation.</param>
internal sealed class RecentKeys(int capacity)
{
    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<string, Entry> _young = new();
    private volatile ConcurrentDictionary<string, Entry> _old = new();

    /// <param name="Key">The key; null where there is no such key.</param>
    /// <param name="Caller">Whose key; null where there is no such key.</param>
    /// <param name="Refusal">Why the key is refused although its text is right; null where it is not.</param>
    /// <param name="ReadAt">When it was looked up, by the monotonic clock.</param>
    public sealed record Entry(ApiKey? Key, Caller? Caller, string? Refusal, long ReadAt);

    public Entry? Find(ReadOnlySpan<char> keyId) =>
        _young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(keyId, out var entry) ||
        _old.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(keyId, out entry) ? entry : null;

    public void Remove(string keyId)
    {
        _young.TryRemove(keyId, out _);
        _old.TryRemove(keyId, out _);
    }

    public void Clear()
    {
        lock (_turning)
            (_young, _old) = (new(), new());
    }

    public void Add(string keyId, Entry entry)
    {
        _young[keyId] = entry;
        // Counting locks the whole dictionary; this happens once in a lookup of the store, never in an authentication from memory.
        if (_young.Count < capacity)
            return;
        lock (_turning)
        {
            if (_young.Count < capacity)
                return;
            _old = _young;
            _young = new();
        }
    }
}
