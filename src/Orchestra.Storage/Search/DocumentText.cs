using System.Text;

namespace Orchestra.Storage.Search;

/// <summary>Turns a file's bytes into text.</summary>
internal static class DocumentText
{
    private const int Sample = 8 * 1024;

    /// <summary>The text, with U+FFFD where bytes are no valid character; null where the bytes are not text.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes[..Math.Min(Sample, bytes.Length)].Contains((byte)0))
            return null;
        return Encoding.UTF8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
    }

    /// <summary>The text's lines, whichever line ends it has.</summary>
    public static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');
}
