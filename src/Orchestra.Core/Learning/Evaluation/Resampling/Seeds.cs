namespace Orchestra.Core.Learning.Evaluation.Resampling;

/// <summary>Seeds of independent streams of chance from one seed, the same on every machine.</summary>
internal static class Seeds
{
    /// <summary>The seed of a numbered stream.</summary>
    public static int Derive(long seed, int stream)
    {
        // SplitMix64: neighbouring seeds and streams must not give neighbouring sequences.
        var mixed = unchecked((ulong)seed + (0x9E3779B97F4A7C15UL * ((ulong)stream + 1)));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return (int)((mixed ^ (mixed >> 31)) >> 33);
    }
}
