using System.Collections.Concurrent;
using Orchestra.Core.Experts;

namespace Orchestra.Grains.Experts;

/// <summary>What a silo with the role <c>expert</c> can hold, and what of its GPU memory is taken.</summary>
/// <param name="experts">Makes each expert that the silo can hold; every replica gets one of its own.</param>
/// <param name="gpuMemoryMb">The silo's GPU memory, MiB.</param>
/// <param name="time">The clock.</param>
public sealed class ExpertRoom(IReadOnlyDictionary<string, HeldExpert> experts, int gpuMemoryMb, TimeProvider time)
{
    /// <summary>How long a replica that was given away is not taken back: until all silos have heard that it is not here.</summary>
    private static readonly TimeSpan Refusal = TimeSpan.FromSeconds(4);


    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The experts that it can hold.</summary>
    public IReadOnlyDictionary<string, HeldExpert> Experts => experts;

    /// <summary>The silo's GPU memory, MiB.</summary>
    public int GpuMemoryMb => gpuMemoryMb;

    /// <summary>GPU memory that no replica has taken, MiB.</summary>
    public int FreeMb => gpuMemoryMb - _taken.Values.Sum();

    /// <summary>The keys of the replicas that it holds.</summary>
    public IReadOnlyCollection<string> Held => [.. _taken.Keys];

    /// <summary>Takes the memory of a replica and makes its expert; null where the silo does not hold the expert, has too little memory left or has just given the replica away.</summary>
    public IExpert? TryTake(ExpertKey key)
    {
        if (!experts.TryGetValue(key.Expert, out var held) || IsRefused(key))
            return null;
        lock (_lock)
        {
            if (held.GpuMemoryMb > FreeMb || !_taken.TryAdd(key.ToString(), held.GpuMemoryMb))
                return null;
        }

        try
        {
            return held.Make();
        }
        catch
        {
            Leave(key);
            throw;
        }
    }

    /// <summary>Gives a replica's memory back.</summary>
    public void Leave(ExpertKey key) => _taken.TryRemove(key.ToString(), out _);

    /// <summary>Takes a replica that goes to another silo no more for some seconds.</summary>
    public void Refuse(ExpertKey key) => _refused[key.ToString()] = time.GetTimestamp();

    private bool IsRefused(ExpertKey key)
    {
        if (!_refused.TryGetValue(key.ToString(), out var since))
            return false;
        if (time.GetElapsedTime(since) < Refusal)
            return true;
        _refused.TryRemove(key.ToString(), out _);
        return false;
    }
}
