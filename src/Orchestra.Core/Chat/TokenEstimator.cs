namespace Orchestra.Core.Chat;

/// <summary>Estimates token counts from text sizes, where no model has counted.</summary>
public static class TokenEstimator
{
    /// <summary>Tokens that an image part is taken for.</summary>
    public const int TokensPerImage = 1_500;

    /// <summary>The likely number of tokens of this many UTF-8 bytes: a quarter of them, rounded up.</summary>
    public static long Likely(long bytes) => (bytes + 3) / 4;

    /// <summary>A number of tokens that a text of this many UTF-8 bytes hardly ever exceeds, in any language: half of them.</summary>
    public static long Ceiling(long bytes) => (bytes + 1) / 2;
}
