namespace Orchestra.Core.Learning.Training;

/// <summary>Chance that belongs to one row, so that the order in which threads take rows does not matter.</summary>
internal static class RowRandom
{
    /// <summary>The random numbers of one row.</summary>
    public static Random Of(long seed, int row) => new(SeedOf(seed, row));

    private static int SeedOf(long seed, int row) => (int)(((ulong)seed * 0x9E3779B97F4A7C15UL) + ((ulong)row * 0xD1B54A32D192ED03UL) >> 33);
}
