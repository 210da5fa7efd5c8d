using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>
/// Remembers what an analyser thought of a prompt, so that it is paid for once. Bounded by two generations: when the young one is full it becomes
/// the old one, and what was not asked for since then is forgotten. Safe for any number of threads.
/// </summary>
/// <param name="capacity">Assessments to remember at most; 0 remembers none.</param>
/// <param name="lifetime">How long one is remembered.</param>
/// <param name="time">The clock.</param>
public sealed class AssessmentCache(int capacity, TimeSpan lifetime, TimeProvider time)
{
    private readonly Lock _turnover = new();
    private readonly int _generation = (capacity + 1) / 2;
    private volatile ConcurrentDictionary<Key, Entry> _young = new();
    private volatile ConcurrentDictionary<Key, Entry> _old = new();

    /// <summary>Assessments that are remembered now.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>What the analyser thought of the prompt; null where it is not remembered.</summary>
    public Assessment? Find(string analyser, string prompt)
    {
        var key = Key.Of(analyser, prompt);
        var isYoung = _young.TryGetValue(key, out var entry);
        if (!isYoung && !_old.TryGetValue(key, out entry))
            return null;
        if (entry.Until <= time.GetUtcNow())
            return null;
        if (!isYoung)
            Keep(key, entry);
        return entry.Assessment with { Source = "cache" };
    }

    /// <summary>Remembers what the analyser thinks of the prompt.</summary>
    public void Add(string analyser, string prompt, Assessment assessment) =>
        Keep(Key.Of(analyser, prompt), new Entry(assessment, time.GetUtcNow() + lifetime));

    private void Keep(Key key, Entry entry)
    {
        if (capacity <= 0)
            return;
        lock (_turnover)
        {
            if (_young.Count >= _generation)
            {
                _old = _young;
                _young = new ConcurrentDictionary<Key, Entry>();
            }

            _young[key] = entry;
            _old.TryRemove(key, out _);
        }
    }

    private readonly record struct Entry(Assessment Assessment, DateTimeOffset Until);

    private readonly record struct Key(UInt128 High, UInt128 Low)
    {
        public static Key Of(string analyser, string prompt)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            // A zero byte between the two: names have none, so no pair can pass for another.
            SHA256.HashData(Encoding.UTF8.GetBytes($"{analyser}\0{prompt}"), hash);
            return new Key(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        }
    }
}
