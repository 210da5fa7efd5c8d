using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Orchestra.Core.Chat;

/// <summary>
/// Looks for what a JSON parser lets pass in strings although it is no text: bytes that are not UTF-8, and escapes that are half of a surrogate pair. Every
/// server makes something else of them.
/// </summary>
internal static class JsonUnicode
{
    private const int EscapeLength = 6;

    /// <summary>Offset of the first fault; -1 where there is none.</summary>
    public static int FindFault(ReadOnlySpan<byte> json) => Utf8.IsValid(json) ? FindHalfPair(json, 0) : FindInvalidByte(json);

    /// <summary>The same JSON with U+FFFD in place of every fault; the very same memory where there is none.</summary>
    public static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> json)
    {
        if (FindFault(json.Span) < 0)
            return json;
        var repaired = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        for (var at = FindHalfPair(repaired, 0); at >= 0; at = FindHalfPair(repaired, at + EscapeLength))
            "\\ufffd"u8.CopyTo(repaired.AsSpan(at));
        return repaired;
    }

    private static int FindInvalidByte(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(json[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    private static int FindHalfPair(ReadOnlySpan<byte> json, int from)
    {
        while (json[from..].IndexOf((byte)'\\') is var distance and >= 0)
        {
            from += distance;
            if (Escaped(json[from..]) is not { } unit)
                from += Math.Min(2, json.Length - from);
            else if (!char.IsSurrogate(unit))
                from += EscapeLength;
            else if (char.IsHighSurrogate(unit) && Escaped(json[(from + EscapeLength)..]) is { } second && char.IsLowSurrogate(second))
                from += 2 * EscapeLength;
            else
                return from;
        }

        return -1;
    }

    private static char? Escaped(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength && json[0] == '\\' && json[1] == 'u'
        && ushort.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
