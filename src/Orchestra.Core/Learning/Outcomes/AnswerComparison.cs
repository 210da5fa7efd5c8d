using System.Text.RegularExpressions;

namespace Orchestra.Core.Learning.Outcomes;

/// <summary>Compares final answers by what they say: numbers by value, choices by letter, other texts after taking off quotes and typesetting.</summary>
internal static partial class AnswerComparison
{
    [GeneratedRegex(@"\\[dt]?frac\{(?<over>[^{}]*)\}\{(?<under>[^{}]*)\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\\(text|mathrm|textbf|mathbf)\{(?<inside>[^{}]*)\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TextCommand();

    [GeneratedRegex(@"^[^\d\\^√*/+]*?(?<number>[-\u2212]?[$€£]?[-\u2212]?(\d[\d,]*(\.\d+)?|\.\d+)(/\d+)?)%?([\s.][^\d\\^√*/+=]*)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberAmongWords();

    [GeneratedRegex(@"^[\s(*\[{]*((?<letter>[A-Z])([^A-Za-z].*)?|(?<letter>[a-z])[)\].}*\s]*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex MarkedLetter();

    [GeneratedRegex(@"^\W*(?<letter>[A-Za-z])(\W*$|[)\].:*].*$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex LeadingLetter();

    /// <summary>Whether a text names one choice by its letter.</summary>
    public static bool IsLetter(string reference) => reference.Length == 1 && char.IsAsciiLetter(reference[0]);

    /// <summary>The letter that a text without a marked answer begins with, as in <c>B</c> or <c>(B) Paris</c>; null where it is prose.</summary>
    public static char? LoneLetter(string text) => LetterOf(LeadingLetter().Match(text));

    /// <summary>The letter that a marked final answer names, as in <c>(B)</c> or <c>c) Paris</c>; null where it names none.</summary>
    public static char? MarkedLetterOf(string answer) => LetterOf(MarkedLetter().Match(Plain(answer)));

    /// <summary>The number that an answer says, alone or among words, as in <c>about $540 in total</c>; null where it says none or more than one.</summary>
    public static ExactNumber? Number(string answer)
    {
        var text = Plain(answer);
        if (ExactNumber.TryParse(text, out var number))
            return number;
        if (text.LastIndexOf('=') is var equals and >= 0)
            text = text[(equals + 1)..];
        var match = NumberAmongWords().Match(text);
        return match.Success && ExactNumber.TryParse(match.Groups["number"].Value, out number) ? number : null;
    }

    /// <summary>Whether a marked final answer says the same as the correct one.</summary>
    public static bool Agree(string answer, string reference)
    {
        var plain = Plain(reference);
        if (IsLetter(plain))
            return MarkedLetterOf(answer) == char.ToUpperInvariant(plain[0]);
        if (ExactNumber.TryParse(plain, out var expected))
            return Number(answer) is { } number && number == expected;
        var given = Plain(answer);
        return given.Trim() == plain.Trim() || (plain.Length > 0 && plain[0] is ('[' or '(' or '{' or '\\') && Compact(given) == Compact(plain));
    }

    /// <summary>A text as texts are compared: plain, without emphasis and brackets around a letter, and without spaces where it is a structure such as a list.</summary>
    public static string Normal(string text)
    {
        var plain = Plain(text.Trim().Trim('*'));
        if (plain.Length == 3 && plain[0] == '(' && plain[2] == ')')
            return plain[1].ToString();
        return plain.Length > 0 && plain[0] is ('[' or '(' or '{' or '\\') ? Compact(plain) : plain.Trim();
    }

    /// <summary>The text without quotes, code marks and the typesetting around mathematics.</summary>
    public static string Plain(string text)
    {
        text = Unquote(text.Trim().TrimEnd('.').Trim());
        if (!text.Contains('\\') && !text.StartsWith('$') && !text.Contains("{,}", StringComparison.Ordinal))
            return text;
        text = text.Replace(@"\(", "").Replace(@"\)", "").Replace(@"\[", "").Replace(@"\]", "").Replace(@"\left", "").Replace(@"\right", "")
            .Replace(@"\!", "").Replace(@"\,", "").Replace(@"\;", "").Replace(@"\$", "").Replace(@"\%", "%").Replace("{,}", ",").Replace(@"^\circ", "").Replace(@"^{\circ}", "");
        text = Fraction().Replace(TextCommand().Replace(text, "${inside}"), "${over}/${under}").Trim();
        return text.Length > 1 && text[0] == '$' && text[^1] == '$' ? text.Trim('$').Trim() : text;
    }

    private static char? LetterOf(Match match) => match.Success ? char.ToUpperInvariant(match.Groups["letter"].Value[0]) : null;

    private static string Unquote(string text)
    {
        while (text.Length > 1 && text[0] == text[^1] && text[0] is ('"' or '\'' or '`'))
            text = text[1..^1];
        return text;
    }

    private static string Compact(string text) =>
        string.Concat(text.Where(character => !char.IsWhiteSpace(character)).Select(character => character == '"' ? '\'' : character));
}
