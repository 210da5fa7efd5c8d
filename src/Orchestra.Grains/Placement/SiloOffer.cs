using System.Globalization;

namespace Orchestra.Grains.Placement;

/// <summary>What a silo says in its metadata that it can hold.</summary>
/// <param name="Experts">GPU memory that one replica takes by expert, MiB.</param>
/// <param name="GpuMemoryMb">The silo's GPU memory, MiB.</param>
internal sealed record SiloOffer(IReadOnlyDictionary<string, int> Experts, int GpuMemoryMb)
{
    /// <summary>The metadata key of the experts: <c>name=MiB</c>, separated by commas.</summary>
    public const string ExpertsKey = "orchestra.experts";

    /// <summary>The metadata key of the silo's GPU memory, MiB.</summary>
    public const string MemoryKey = "orchestra.gpu_memory_mb";

    /// <summary>An offer of nothing.</summary>
    public static readonly SiloOffer None = new(new Dictionary<string, int>(), 0);

    /// <summary>Reads an offer; what is malformed is not offered.</summary>
    public static SiloOffer Read(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(ExpertsKey, out var text))
            return None;
        var experts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=') is [var name, var need] && int.TryParse(need, NumberStyles.None, CultureInfo.InvariantCulture, out var needMb))
                experts[name] = needMb;
        }

        metadata.TryGetValue(MemoryKey, out var memory);
        return new SiloOffer(experts, int.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var memoryMb) ? memoryMb : 0);
    }

    /// <summary>The metadata that say it.</summary>
    public Dictionary<string, string> ToMetadata() => new(StringComparer.Ordinal)
    {
        [ExpertsKey] = string.Join(',', Experts.OrderBy(expert => expert.Key, StringComparer.Ordinal).Select(expert => string.Create(CultureInfo.InvariantCulture, $"{expert.Key}={expert.Value}"))),
        [MemoryKey] = GpuMemoryMb.ToString(CultureInfo.InvariantCulture),
    };
}
