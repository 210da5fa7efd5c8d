namespace Orchestra.Core.Learning.Embeddings;

/// <summary>A hash of characters that is the same in every process and on every machine: FNV-1a, and a mixing step that spreads it over all bits.</summary>
internal static class TextHash
{
    /// <summary>The hash of no characters.</summary>
    public const ulong Seed = 0xcbf29ce484222325;

    private const ulong Prime = 0x100000001b3;

    /// <summary>The hash with one more character.</summary>
    public static ulong Append(ulong hash, char character) => (hash ^ character) * Prime;

    /// <summary>A number of which every bit depends on every bit of the hash.</summary>
    public static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 32)) * 0x9e3779b97f4a7c15;
        return hash ^ (hash >> 29);
    }
}
