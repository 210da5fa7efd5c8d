using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Recognises queries that ask for nothing but arithmetic, in signs or in English words.</summary>
/// <remarks>Where a text could mean something else (a date, a telephone number, a range, a score), it is left to the other experts.</remarks>
public static partial class ArithmeticQuestion
{
    /// <summary>Characters that a query may have; longer ones are no arithmetic questions.</summary>
    public const int MaxLength = 500;

    /// <summary>Reads the expression out of a query; false where the query is not purely arithmetic.</summary>
    /// <param name="text">The query.</param>
    /// <param name="expression">The expression, for <see cref="CalculatorEvaluator"/>; it parses, but may still have no value.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? expression)
    {
        expression = null;
        if (text.Length > MaxLength)
            return false;
        var body = QuestionFrame.Strip(text, out var wording);
        if (body.Length == 0 || body.Contains('\n', StringComparison.Ordinal) || MeansSomethingElse(body, wording))
            return false;
        if (SpokenArithmetic.Write(body) is not { } written || !Computes(written))
            return false;
        expression = written;
        return true;
    }

    private static bool Computes(string expression)
    {
        try
        {
            return ExpressionParser.Parse(expression).Computes;
        }
        catch (CalculatorException)
        {
            return false;
        }
    }

    private static bool MeansSomethingElse(string body, QuestionWording wording)
    {
        if (LeadingZero().IsMatch(body) || PercentageBeforeNumber().IsMatch(body))
            return true;
        if (wording == QuestionWording.Ordered)
            return false;
        return Chain().IsMatch(body)
            || (wording == QuestionWording.Bare && Exclamation().IsMatch(body))
            || IsRange(Range().Match(body), wording)
            || IsDateOrShare(Slash().Match(body));
    }

    private static bool IsRange(Match range, QuestionWording wording) =>
        range.Success && (wording == QuestionWording.Bare || Telephone().IsMatch(range.Value) || Number(range, 1) < Number(range, 2));

    /// <summary>9/11, 12/2024, 24/7, 80/20, 50/50.</summary>
    private static bool IsDateOrShare(Match slash)
    {
        if (!slash.Success)
            return false;
        var (first, second) = (Number(slash, 1), Number(slash, 2));
        return (first <= 31 && second <= 31) || (first <= 12 && second is >= 1900 and <= 2100) || first + second == 100 || first == second;
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\d.,])0\d")]
    private static partial Regex LeadingZero();

    /// <summary>15% 80 is no remainder in a question; 7 % 3 is.</summary>
    [GeneratedRegex(@"\d%[ ]+[\d(]")]
    private static partial Regex PercentageBeforeNumber();

    /// <summary>Dates, telephone numbers and the like: 2024-1-5, +1-555-1234-567, (555)-123-4567.</summary>
    [GeneratedRegex(@"^\+?\(?\d+\)?([-−/]\d+){2,}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Chain();

    [GeneratedRegex(@"^\d+!\z")]
    private static partial Regex Exclamation();

    [GeneratedRegex(@"^\(?(\d+(?:\.\d+)?)%?\)?[-−](\d+(?:\.\d+)?)%?\z")]
    private static partial Regex Range();

    [GeneratedRegex(@"^\d{3}[-−]\d{4}\z")]
    private static partial Regex Telephone();

    [GeneratedRegex(@"^(\d+)/(\d+)\z")]
    private static partial Regex Slash();
}
