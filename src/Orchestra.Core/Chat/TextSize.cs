using System.Buffers;
using System.Numerics;
using System.Text;

namespace Orchestra.Core.Chat;

/// <summary>How much text there is, as far as tokens are concerned.</summary>
/// <param name="Bytes">Bytes of UTF-8.</param>
/// <param name="DenseBytes">Those of them that may be a token each: all but small letters and spaces of ASCII.</param>
public readonly record struct TextSize(long Bytes, long DenseBytes)
{
    /// <summary>Both together.</summary>
    public static TextSize operator +(TextSize a, TextSize b) => new(a.Bytes + b.Bytes, a.DenseBytes + b.DenseBytes);

    /// <summary>The size of a text.</summary>
    public static TextSize Of(ReadOnlySpan<byte> text) => new(text.Length, text.Length - CountPlain(text));

    /// <summary>The size of a text.</summary>
    public static TextSize Of(string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Of(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static long CountPlain(ReadOnlySpan<byte> text)
    {
        long plain = 0;
        while (text.Length >= Vector<byte>.Count)
        {
            // A lane counts up to 255 before it has to be emptied.
            var rounds = Math.Min(text.Length / Vector<byte>.Count, byte.MaxValue);
            var counts = Vector<byte>.Zero;
            for (var i = 0; i < rounds; i++)
            {
                var bytes = new Vector<byte>(text[(i * Vector<byte>.Count)..]);
                counts -= Vector.LessThanOrEqual(bytes - new Vector<byte>((byte)'a'), new Vector<byte>((byte)('z' - 'a'))) | Vector.Equals(bytes, new Vector<byte>((byte)' '));
            }

            Vector.Widen(counts, out var low, out var high);
            plain += Vector.Sum(low + high);
            text = text[(rounds * Vector<byte>.Count)..];
        }

        foreach (var one in text)
            plain += one is >= (byte)'a' and <= (byte)'z' or (byte)' ' ? 1 : 0;
        return plain;
    }
}
