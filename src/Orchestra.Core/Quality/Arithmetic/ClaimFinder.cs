using System.Globalization;

namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>Finds the arithmetic claims of an answer; where there is any doubt that a statement is one, it is none.</summary>
internal static class ClaimFinder
{
    private const int MaxClaims = 300;
    private const int MaxTokens = 60;
    private const int NextSentence = 8;

    /// <summary>The claims of an answer, in order.</summary>
    public static IEnumerable<ArithmeticClaim> Find(string answer) => ClaimText.Lines(answer).SelectMany(FindInLine).Take(MaxClaims);

    private static IEnumerable<ArithmeticClaim> FindInLine(string line)
    {
        var tokens = ClaimTokenizer.Read(line);
        for (var i = 1; i < tokens.Count - 1; i++)
        {
            if (tokens[i].Kind == ClaimTokenKind.Equality && ReadLeft(tokens, i) is { } left && ReadRight(tokens, i + 1, left) is { } claim && !IsDoubted(tokens, i))
                yield return claim;
        }
    }

    /// <summary>Whether the sentence, or the beginning of the next, only tries the equation or says that it does not hold.</summary>
    private static bool IsDoubted(List<ClaimToken> tokens, int equality)
    {
        for (var i = equality - 1; i >= 0 && equality - i < MaxTokens && !EndsSentence(tokens[i]); i--)
        {
            if (ClaimWords.Doubts(tokens[i].Text))
                return true;
        }

        var ahead = MaxTokens;
        for (var i = equality + 1; i < tokens.Count && ahead > 0; i++, ahead--)
        {
            if (tokens[i].Text == "?" || ClaimWords.Doubts(tokens[i].Text))
                return true;
            ahead = EndsSentence(tokens[i]) ? Math.Min(ahead, NextSentence) : ahead;
        }

        return false;
    }

    private static bool EndsSentence(ClaimToken token) => token.Kind == ClaimTokenKind.Stop && token.Text is "." or ";";

    /// <summary>The longest expression that ends at the equals sign, where what stands before it cannot belong to it.</summary>
    private static ExpressionReader? ReadLeft(List<ClaimToken> tokens, int equality)
    {
        var first = equality;
        while (first > 0 && equality - first < MaxTokens && !IsBoundary(tokens[first - 1].Kind))
            first--;
        for (var start = first; start < equality - 2; start++)
        {
            if (tokens[start].Kind is ClaimTokenKind.Word or ClaimTokenKind.Close ||
                ExpressionReader.Read(tokens, start, equality) is not { Operators: > 0 } expression)
                continue;
            return MayPrecede(tokens, start) ? expression : null;
        }

        return null;
    }

    private static bool IsBoundary(ClaimTokenKind kind) => kind is ClaimTokenKind.Equality or ClaimTokenKind.Stop or ClaimTokenKind.Foreign;

    private static bool MayPrecede(List<ClaimToken> tokens, int start)
    {
        if (start == 0)
            return true;
        var (before, first) = (tokens[start - 1], tokens[start]);
        return before.Kind switch
        {
            ClaimTokenKind.Equality or ClaimTokenKind.Open => true,
            ClaimTokenKind.Stop => before.End < first.Start || before.Text is "\"",
            // Behind a number and its unit, the expression may be one more factor.
            ClaimTokenKind.Word => before.End < first.Start && (ClaimWords.MayPrecede(before.Text)
                ? !(start > 1 && tokens[start - 2].Kind is ClaimTokenKind.Number or ClaimTokenKind.Close)
                : before.Text == "and" && start > 1 && tokens[start - 2].Kind == ClaimTokenKind.Stop),
            _ => false,
        };
    }

    private static ArithmeticClaim? ReadRight(List<ClaimToken> tokens, int start, ExpressionReader left)
    {
        var at = start;
        var isNegative = tokens[at].Is('-');
        at += isNegative ? 1 : 0;
        if (at >= tokens.Count || tokens[at].Kind != ClaimTokenKind.Number)
            return null;
        var number = tokens[at++];
        if (!decimal.TryParse(number.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return null;
        var units = new HashSet<string>(StringComparer.Ordinal);
        if (!MayFollow(tokens, at, number, units))
            return null;
        // "1/2 hour = 30 minutes" converts: where the right side has a unit that the left has not, numbers may differ.
        if (left.Units.Count > 0 && units.Count > 0 && !units.Overlaps(left.Units))
            return null;
        var hasUnits = left.Units.Count > 0 || number.IsPercent || left.Percents.With > 0;
        var text = (isNegative ? "-" : string.Empty) + number.Text + (number.IsPercent ? "%" : string.Empty);
        return new ArithmeticClaim([left.Text, .. left.Rests()], isNegative ? -value : value, text, number.Decimals, left.IsWhole, hasUnits);
    }

    /// <summary>Whether the number ends where it seems to: what follows must not go on calculating.</summary>
    private static bool MayFollow(List<ClaimToken> tokens, int at, ClaimToken number, HashSet<string> units)
    {
        for (var words = 0; at < tokens.Count && words < 3; at++, words++)
        {
            var isPer = tokens[at].Is('/') && at + 1 < tokens.Count && tokens[at + 1].Kind == ClaimTokenKind.Word;
            at += isPer ? 1 : 0;
            var word = tokens[at];
            if (word.Kind != ClaimTokenKind.Word)
                break;
            if (ClaimWords.Calculates(word.Text) && word.Text is not ("and" or "more" or "or" or "to"))
                return false;
            units.Add(ClaimWords.Singular(word.Text));
        }

        if (at >= tokens.Count)
            return true;
        var next = tokens[at];
        return next.Kind switch
        {
            // "138, 473" may be one number written with spaces.
            ClaimTokenKind.Stop => !(next.Text == "," && at + 1 < tokens.Count && tokens[at + 1] is { Kind: ClaimTokenKind.Number, Text.Length: 3 }),
            ClaimTokenKind.Close or ClaimTokenKind.Equality or ClaimTokenKind.Word => true,
            ClaimTokenKind.Open => next.Start > number.End && at + 1 < tokens.Count && tokens[at + 1].Kind == ClaimTokenKind.Word,
            ClaimTokenKind.Number => units.Count > 0,
            _ => false,
        };
    }
}
