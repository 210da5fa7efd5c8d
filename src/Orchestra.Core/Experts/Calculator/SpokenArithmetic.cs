using System.Collections.Frozen;
using System.Text;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Writes arithmetic in English words as an expression.</summary>
internal static class SpokenArithmetic
{
    private const int MaxPhraseWords = 5;

    private static readonly FrozenDictionary<string, string> Phrases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["plus"] = "+", ["added to"] = "+", ["minus"] = "-", ["negative"] = "-", ["times"] = "*", ["multiplied by"] = "*", ["x"] = "*",
        ["divided by"] = "/", ["over"] = "/", ["modulo"] = "mod", ["percent"] = "%", ["per cent"] = "%", ["factorial"] = "!",
        ["to the power"] = "^", ["to the power of"] = "^", ["raised to"] = "^", ["raised to the power"] = "^", ["raised to the power of"] = "^",
        ["squared"] = "²", ["cubed"] = "³",
        ["half of"] = "1/2 of", ["a half of"] = "1/2 of", ["one half of"] = "1/2 of", ["a third of"] = "1/3 of", ["one third of"] = "1/3 of",
        ["a quarter of"] = "1/4 of", ["one quarter of"] = "1/4 of",
        ["zero"] = "0", ["one"] = "1", ["two"] = "2", ["three"] = "3", ["four"] = "4", ["five"] = "5", ["six"] = "6", ["seven"] = "7", ["eight"] = "8",
        ["nine"] = "9", ["ten"] = "10", ["eleven"] = "11", ["twelve"] = "12", ["thirteen"] = "13", ["fourteen"] = "14", ["fifteen"] = "15",
        ["sixteen"] = "16", ["seventeen"] = "17", ["eighteen"] = "18", ["nineteen"] = "19", ["twenty"] = "20", ["thirty"] = "30", ["forty"] = "40",
        ["fifty"] = "50", ["sixty"] = "60", ["seventy"] = "70", ["eighty"] = "80", ["ninety"] = "90",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Phrase, string Function)[] FunctionPhrases =
    [
        ("square root of ", "sqrt"), ("cube root of ", "cbrt"), ("factorial of ", "factorial"),
    ];

    private static readonly (string Phrase, string Function, string Separator)[] ListPhrases =
    [
        ("sum of ", "sum", ","), ("average of ", "mean", ","), ("mean of ", "mean", ","), ("product of ", string.Empty, ")*("),
        ("difference between ", string.Empty, ")-("), ("difference of ", string.Empty, ")-("),
    ];

    /// <summary>The expression; null where a word has no arithmetic meaning, or more than one.</summary>
    /// <param name="text">Text in lower case.</param>
    public static string? Write(string text) => List(text) ?? Write(text, 0);

    /// <summary>"sum of 1, 2 and 3", where it is the whole text.</summary>
    private static string? List(string text)
    {
        var body = WithoutArticle(text);
        foreach (var (phrase, function, separator) in ListPhrases)
        {
            if (!body.StartsWith(phrase, StringComparison.Ordinal))
                continue;
            var parts = body[phrase.Length..].Split([", and ", " and ", ", "], StringSplitOptions.None).Select(part => Write(part, 0)).ToList();
            return parts.Count < 2 || parts.Contains(null) ? null : $"{function}({string.Join(separator, parts.Select(part => $"({part})"))})";
        }

        return null;
    }

    private static string WithoutArticle(string text) => text.StartsWith("the ", StringComparison.Ordinal) ? text[4..] : text;

    private static string? Write(string text, int depth)
    {
        var output = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsAsciiLetter(text[at]))
            {
                output.Append(text[at++]);
                continue;
            }

            if (at > 0 && IsPartOfNumber(text[at - 1]))
            {
                // 1e3 is a number; 5x, 2nd and 4k are none.
                if (text[at] != 'e' || !IsExponent(text.AsSpan(at + 1)))
                    return null;
                output.Append(text[at++]);
                continue;
            }

            // A hyphen that touches a letter joins words: twenty-five, x-ray.
            var end = WordEnd(text, at);
            if ((at > 0 && text[at - 1] == '-') || (end < text.Length && text[end] == '-'))
                return null;
            if (FunctionOf(text[at..], depth) is { } call)
                return call.Length == 0 ? null : output.Append(call).ToString();
            var taken = Replace(text, at, output);
            if (taken == 0)
                return null;
            at += taken;
        }

        return output.ToString();
    }

    private static bool IsPartOfNumber(char character) => char.IsAsciiDigit(character) || character == '.';

    private static bool IsExponent(ReadOnlySpan<char> text) =>
        text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text[0] is '+' or '-' && text.Length > 1 && char.IsAsciiDigit(text[1])));

    private static int WordEnd(string text, int start)
    {
        while (start < text.Length && char.IsAsciiLetterOrDigit(text[start]))
            start++;
        return start;
    }

    /// <summary>"square root of 16" as a call; empty where its operand is not one plain thing, so that it could end in several places.</summary>
    private static string? FunctionOf(string text, int depth)
    {
        var body = WithoutArticle(text);
        foreach (var (phrase, function) in FunctionPhrases)
        {
            if (body.StartsWith(phrase, StringComparison.Ordinal))
                return depth < 8 && Write(body[phrase.Length..], depth + 1) is { } operand && IsOneThing(operand) ? $"{function}({operand})" : string.Empty;
        }

        return null;
    }

    /// <summary>A number, name, call or group: "square root of 16 plus 9" could be 5 or 13.</summary>
    private static bool IsOneThing(string operand)
    {
        try
        {
            return ExpressionParser.Parse(operand) is Expression.Number or Expression.Constant or Expression.Call || IsGroup(operand.Trim());
        }
        catch (CalculatorException)
        {
            return false;
        }
    }

    private static bool IsGroup(string operand) =>
        operand.StartsWith('(') && operand.IndexOf(')', StringComparison.Ordinal) == operand.Length - 1 && operand.LastIndexOf('(') == 0;

    /// <summary>Writes the longest phrase that starts here, or the calculator's own word; the number of characters taken, 0 where it is neither.</summary>
    private static int Replace(string text, int at, StringBuilder output)
    {
        Span<int> ends = stackalloc int[MaxPhraseWords];
        var count = 0;
        for (var start = at; count < MaxPhraseWords && start < text.Length && char.IsAsciiLetter(text[start]);)
        {
            ends[count++] = WordEnd(text, start);
            start = ends[count - 1] + 1;
            if (start > text.Length || text[start - 1] != ' ')
                break;
        }

        for (var words = count; words > 0; words--)
        {
            if (!Phrases.TryGetValue(text[at..ends[words - 1]], out var written))
                continue;
            output.Append(written);
            return ends[words - 1] - at;
        }

        var word = text[at..ends[0]];
        if (word is not ("pi" or "e" or "of" or "mod") && !CalculatorFunctions.Exists(word))
            return 0;
        output.Append(word);
        return word.Length;
    }
}
