using System.Text.RegularExpressions;

namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>Brings an answer into the plain notation that claims are read from: no code, no LaTeX, one sign for each operator.</summary>
internal static partial class ClaimText
{
    private const int MaxCharacters = 60_000;
    private const int MaxLines = 2_000;
    private const int MaxLine = 2_000;

    /// <summary>The lines of an answer; calculator marks such as <c>&lt;&lt;3*60=180&gt;&gt;</c> stand on lines of their own.</summary>
    public static IEnumerable<string> Lines(string answer)
    {
        var isCode = false;
        var lines = 0;
        var isContinued = false;
        foreach (var raw in (answer.Length > MaxCharacters ? answer[..MaxCharacters] : answer).Split('\n'))
        {
            if (raw.AsSpan().TrimStart().StartsWith("```"))
            {
                isCode = !isCode;
                continue;
            }

            var continues = isContinued;
            isContinued = Unfinished().IsMatch(raw);
            if (isCode || raw.Length > MaxLine || !raw.Contains('=', StringComparison.Ordinal) || ++lines > MaxLines)
                continue;
            foreach (Match mark in CalculatorMark().Matches(raw))
                yield return Plain(mark.Groups[1].Value);
            var line = Plain(ListMarker().Replace(CalculatorMark().Replace(raw, string.Empty), string.Empty));
            // What the line above began belongs to it: a mark that is no part of any expression keeps this line from being read alone.
            yield return continues ? "…" + line : line;
        }
    }

    private static string Plain(string line)
    {
        line = InlineCode().Replace(line, " ` ");
        if (line.Contains('\\', StringComparison.Ordinal))
            line = WithoutLatex(line);
        return PowerOperator().Replace(line, "^").Replace("**", string.Empty, StringComparison.Ordinal)
            .Replace('×', '*').Replace('·', '*').Replace('∗', '*').Replace('⋅', '*')
            .Replace('÷', '/').Replace('−', '-').Replace('–', '-').Replace('\u00a0', ' ');
    }

    private static string WithoutLatex(string line)
    {
        line = line.Replace("{,}", ",", StringComparison.Ordinal).Replace("\\$", "$", StringComparison.Ordinal).Replace("\\%", "%", StringComparison.Ordinal);
        line = LatexTimes().Replace(line, " * ");
        line = LatexDivide().Replace(line, " / ");
        line = LatexSpace().Replace(line, " ");
        line = LatexText().Replace(line, " $1 ");
        line = LatexFraction().Replace(line, "(($1)/($2))");
        line = LatexPower().Replace(line, "^($1)");
        return line;
    }

    [GeneratedRegex(@"<<([^<>\n]{1,200})>>")]
    private static partial Regex CalculatorMark();

    [GeneratedRegex(@"^\s*(?:(?:[-*•>#]+|\(?[0-9A-Za-z]{1,2}[.)])\s+)+")]
    private static partial Regex ListMarker();

    [GeneratedRegex(@"(?:[-+*/^×·÷−(]|\\times|\\cdot)[\s$\\]{0,8}$")]
    private static partial Regex Unfinished();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"(?<=[0-9)])\s?\*\*\s?(?=[0-9(])")]
    private static partial Regex PowerOperator();

    [GeneratedRegex(@"\\(?:times|cdot|ast)(?![A-Za-z])")]
    private static partial Regex LatexTimes();

    [GeneratedRegex(@"\\div(?![A-Za-z])")]
    private static partial Regex LatexDivide();

    [GeneratedRegex(@"\\(?:[,;:! ()\[\]]|quad(?![A-Za-z])|qquad(?![A-Za-z])|left(?![A-Za-z])|right(?![A-Za-z]))")]
    private static partial Regex LatexSpace();

    [GeneratedRegex(@"\\(?:text|textbf|mathrm|mathbf|boxed)\{([^{}]*)\}")]
    private static partial Regex LatexText();

    [GeneratedRegex(@"\\[dt]?frac\{([0-9.,+\-* ()]{1,60})\}\{([0-9.,+\-* ()]{1,60})\}")]
    private static partial Regex LatexFraction();

    [GeneratedRegex(@"\^\{([0-9]{1,4})\}")]
    private static partial Regex LatexPower();
}
