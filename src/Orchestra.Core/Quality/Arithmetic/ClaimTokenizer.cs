using System.Buffers;

namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>Cuts a line of an answer into tokens, in one pass.</summary>
internal static class ClaimTokenizer
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'");

    /// <summary>The tokens of a line.</summary>
    public static List<ClaimToken> Read(string line)
    {
        var tokens = new List<ClaimToken>();
        var at = 0;
        while (at < line.Length)
        {
            var c = line[at];
            if (char.IsWhiteSpace(c) || c is '$' or '€' or '£' or '\u200b')
            {
                at++;
                continue;
            }

            var token = char.IsAsciiDigit(c) || (c == '.' && IsDigit(line, at + 1) && !IsDigit(line, at - 1)) ? ReadNumber(line, at)
                : char.IsLetter(c) || c is '_' or '\\' ? ReadWord(line, at)
                : ReadSign(line, at);
            tokens.Add(token);
            at = token.End;
        }

        return tokens;
    }

    private static ClaimToken ReadNumber(string line, int start)
    {
        var end = start;
        while (IsDigit(line, end))
            end++;
        var digits = end - start;
        var isForeign = false;
        // Thousands are groups of three behind one to three digits; a comma before digits that is not such a separator makes the number unclear.
        while (end < line.Length && line[end] == ',' && IsDigit(line, end + 1))
        {
            isForeign |= digits > 3 || !(IsDigit(line, end + 2) && IsDigit(line, end + 3)) || IsDigit(line, end + 4);
            end++;
            while (IsDigit(line, end))
                end++;
        }

        if (end < line.Length && line[end] == '.' && IsDigit(line, end + 1))
        {
            end++;
            while (IsDigit(line, end))
                end++;
        }

        var text = line[start..end].Replace(",", string.Empty, StringComparison.Ordinal);
        if (text[0] == '.')
            text = "0" + text;
        // Glued to letters it is a variable's factor or a unit; behind a colon or a second point it is a time, a ratio or a version.
        isForeign |= text.Length > 24 || end < line.Length && (char.IsLetter(line[end]) || line[end] is '_' or '!' or '²' or '³' or '°' or '\\' or '\'' or '"');
        isForeign |= end + 1 < line.Length && line[end] is ':' or '.' && IsDigit(line, end + 1);
        isForeign |= start > 0 && line[start - 1] is ':' or '.' or '#' or ',' or '_' && IsDigit(line, start - 2);
        if (isForeign)
        {
            while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] is '_' or '!' or '²' or '³' or '°' or '\''))
                end++;
            return new ClaimToken(ClaimTokenKind.Foreign, line[start..end], start, Math.Max(end, start + 1));
        }

        var percent = end;
        while (percent < line.Length && line[percent] == ' ')
            percent++;
        return percent < line.Length && line[percent] == '%'
            ? new ClaimToken(ClaimTokenKind.Number, text, start, percent + 1, IsPercent: true)
            : new ClaimToken(ClaimTokenKind.Number, text, start, end);
    }

    private static ClaimToken ReadWord(string line, int start)
    {
        var end = start + 1;
        while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] is '_' or '\''))
            end++;
        var text = line[start..end];
        if (text is "x" or "X")
            return new ClaimToken(ClaimTokenKind.Word, "x", start, end);
        var isWord = text.Length > 1 && text.AsSpan().IndexOfAnyExcept(Letters) < 0;
        // A word that a parenthesis follows at once is a function.
        isWord &= !(end < line.Length && line[end] is '(' or '_' or '^');
        return new ClaimToken(isWord ? ClaimTokenKind.Word : ClaimTokenKind.Foreign, text, start, end);
    }

    private static ClaimToken ReadSign(string line, int at)
    {
        var c = line[at];
        var next = at + 1 < line.Length ? line[at + 1] : '\0';
        var previous = at > 0 ? line[at - 1] : '\0';
        var kind = c switch
        {
            '=' when next is '=' or '>' or '<' or '/' or '~' || previous is '=' or '<' or '>' or '!' or ':' or '+' or '-' or '*' or '/' or '~' or '≈' => ClaimTokenKind.Foreign,
            '=' => ClaimTokenKind.Equality,
            '+' or '-' or '*' or '/' or '^' when next == c => ClaimTokenKind.Foreign,
            '+' or '-' or '*' or '/' or '^' => ClaimTokenKind.Operator,
            '(' => ClaimTokenKind.Open,
            ')' => ClaimTokenKind.Close,
            ',' or ';' or ':' or '.' or '?' or '"' or '\'' => ClaimTokenKind.Stop,
            _ => ClaimTokenKind.Foreign,
        };
        return new ClaimToken(kind, c.ToString(), at, at + 1);
    }

    private static bool IsDigit(string line, int at) => (uint)at < (uint)line.Length && char.IsAsciiDigit(line[at]);
}
