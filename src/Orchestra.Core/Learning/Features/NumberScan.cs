using System.Collections.Frozen;
using System.Globalization;

namespace Orchestra.Core.Learning.Features;

/// <summary>Finds the numbers of a text in one pass; numbers of list items, steps and identifiers are none.</summary>
internal static class NumberScan
{
    /// <summary>Mentions of a text at most; what comes after them is left aside.</summary>
    public const int MaxMentions = 256;

    private const int MaxDigits = 40;
    private const int MaxWord = 9;

    private static readonly FrozenDictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> Words = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase)
    {
        ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11,
        ["twelve"] = 12, ["fifteen"] = 15, ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["hundred"] = 100,
        ["dozen"] = 12, ["twice"] = 2, ["double"] = 2, ["doubled"] = 2, ["doubles"] = 2, ["half"] = 2, ["thrice"] = 3, ["triple"] = 3, ["tripled"] = 3,
        ["third"] = 3, ["thirds"] = 3, ["fourth"] = 4, ["quarter"] = 4, ["quarters"] = 4, ["fifth"] = 5, ["fifths"] = 5, ["couple"] = 2, ["week"] = 7,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The numbers of a text, in order.</summary>
    public static List<NumberMention> Find(ReadOnlySpan<char> text)
    {
        var mentions = new List<NumberMention>();
        for (var at = 0; at < text.Length && mentions.Count < MaxMentions;)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c) || (c == '.' && IsDigit(text, at + 1)))
                at = ReadNumber(text, at, mentions);
            else if (char.IsLetter(c))
                at = ReadWord(text, at, mentions);
            else
                at++;
        }

        return mentions;
    }

    private static int ReadNumber(ReadOnlySpan<char> text, int start, List<NumberMention> mentions)
    {
        var end = start;
        while (IsDigit(text, end) || (end < text.Length && text[end] == ',' && IsGroup(text, end + 1)))
            end++;
        var decimals = 0;
        if (end < text.Length && text[end] == '.' && IsDigit(text, end + 1))
        {
            var point = end++;
            while (IsDigit(text, end))
                end++;
            decimals = end - point - 1;
        }

        var isName = start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] is '_') || end - start > MaxDigits;
        if (isName || IsListMarker(text, start, end) || !double.TryParse(text[start..end], NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value))
            return end;
        var before = Before(text, start, out var isNegative);
        mentions.Add(new NumberMention(isNegative ? -value : value, start, end, decimals, before is '=' or '≈'));
        return end;
    }

    private static int ReadWord(ReadOnlySpan<char> text, int start, List<NumberMention> mentions)
    {
        var end = start + 1;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        if (end - start is >= 3 and <= MaxWord && Words.TryGetValue(text[start..end], out var value))
            mentions.Add(new NumberMention(value, start, end, 0, IsResult: false));
        return end;
    }

    /// <summary>The last sign before a number that is neither space nor currency nor typesetting; a minus that is the number's own is taken off.</summary>
    private static char Before(ReadOnlySpan<char> text, int start, out bool isNegative)
    {
        isNegative = false;
        for (var at = start - 1; at >= 0 && start - at < 12; at--)
        {
            var c = text[at];
            if (c is '-' or '\u2212' && !isNegative && (at == 0 || !char.IsLetterOrDigit(text[at - 1]) && text[at - 1] is not (')' or '}' or '\\')) && (at + 1 == start || text[at + 1] is '$'))
                isNegative = true;
            else if (c is not (' ' or '$' or '€' or '£' or '*' or '{' or '(' or '\\' or '\n'))
                return c;
        }

        return '\0';
    }

    /// <summary>Whether a number at the beginning of a line counts its items, or names a step.</summary>
    private static bool IsListMarker(ReadOnlySpan<char> text, int start, int end)
    {
        if (end - start > 2)
            return false;
        var before = text[..start].TrimEnd(" *#(");
        if (before.IsEmpty || before[^1] == '\n' || before.EndsWith("\\n") || before[^1] == '"')
            return end < text.Length && text[end] is '.' or ')' or ':' && !IsDigit(text, end + 1);
        return before.EndsWith("step", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsGroup(ReadOnlySpan<char> text, int at) => IsDigit(text, at) && IsDigit(text, at + 1) && IsDigit(text, at + 2) && !IsDigit(text, at + 3);

    private static bool IsDigit(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length && char.IsAsciiDigit(text[at]);
}
