namespace Orchestra.Core.Chat;

/// <summary>Estimates token counts from text sizes, where no model has counted.</summary>
public static class TokenEstimator
{
    /// <summary>Tokens that an image part is taken for.</summary>
    public const int TokensPerImage = 1_500;

    /// <summary>The likely number of tokens of this many UTF-8 bytes: a quarter of them, rounded up.</summary>
    public static long Likely(long bytes) => (bytes + 3) / 4;

    /// <summary>
    /// A number of tokens that a text of this size hardly ever exceeds, in any language: half of its small letters and spaces, and one for every other
    /// byte, since digits, punctuation, capitals in disorder and rare characters may be a token a byte.
    /// </summary>
    public static long Ceiling(TextSize text) => text.DenseBytes + ((text.Bytes - text.DenseBytes + 1) / 2);
}
