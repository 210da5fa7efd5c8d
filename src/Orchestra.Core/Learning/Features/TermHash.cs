namespace Orchestra.Core.Learning.Features;

/// <summary>Hashes of terms that are the same on every machine and in every process: FNV-1a with a final mix, since the low bits choose the bucket.</summary>
internal static class TermHash
{
    public const uint Start = 2_166_136_261;

    private const uint Prime = 16_777_619;

    public static uint Add(uint hash, char letter) => (hash ^ letter) * Prime;

    public static uint Pair(uint first, uint second) => Mix((first * 0x9E3779B1) ^ second);

    /// <summary>The finaliser of MurmurHash3.</summary>
    public static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
