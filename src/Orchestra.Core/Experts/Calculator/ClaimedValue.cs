using System.Globalization;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Compares a value that a text claims with the one that the calculator found.</summary>
public static class ClaimedValue
{
    private static readonly Rational ApproximationError = Rational.PowerOfTen(1 - CalculatorLimits.SignificantDigits);
    private static readonly string[] Marks = ["=", "≈", "~", "≃", "≅", "about ", "approximately ", "approx. ", "roughly "];

    /// <summary>
    /// Whether a claim is right. A decimal or percentage may be rounded at its last digit, either way at a half: 0.33 agrees with 1/3, 0.34 and
    /// 0.334 do not. A whole number must be exact, unless it is marked (<c>≈</c>, <c>about</c>) or the value is irrational. Anything else is worked
    /// out as an expression and must be the same value.
    /// </summary>
    /// <param name="result">The right value.</param>
    /// <param name="claimed">The claim, such as <c>0.33</c>, <c>1,234.5</c>, <c>33.3%</c>, <c>1.2e5</c>, <c>3/56</c> or <c>≈ 12</c>.</param>
    public static ClaimAgreement Compare(CalculatorResult result, string claimed)
    {
        if (claimed.Length > CalculatorLimits.Length)
            return ClaimAgreement.Unreadable;
        var text = Unmark(claimed, out var isMarked);
        if (ShownUnit(text) is { } shown && CalculatorEvaluator.TryEvaluate(text, out var literal, out _))
        {
            var mayRound = shown.IsDecimal || isMarked || !result.IsExact;
            return Within(result.Value - literal.Value, (mayRound ? shown.Unit / 2 : Rational.Zero) + ErrorOf(result));
        }

        if (!CalculatorEvaluator.TryEvaluate(text, out var other, out _))
            return ClaimAgreement.Unreadable;
        return Within(result.Value - other.Value, ErrorOf(result) + ErrorOf(other));
    }

    private static ClaimAgreement Within(Rational difference, Rational tolerance) =>
        Rational.Abs(difference) <= tolerance ? ClaimAgreement.Agrees : ClaimAgreement.Contradicts;

    private static Rational ErrorOf(CalculatorResult result) => result.IsExact ? Rational.Zero : Rational.Abs(result.Value) * ApproximationError;

    private static string Unmark(string claimed, out bool isMarked)
    {
        var text = claimed.Trim().TrimEnd('.', ' ');
        var decimalBeside = text.IndexOf("(≈", StringComparison.Ordinal);
        text = decimalBeside > 0 ? text[..decimalBeside].TrimEnd() : text;
        isMarked = false;
        while (Array.Find(Marks, mark => text.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            isMarked |= found != "=";
            text = text[found.Length..].TrimStart();
        }

        return text;
    }

    /// <summary>What one step of the last shown digit is worth; null where the text is not a single number.</summary>
    private static (Rational Unit, bool IsDecimal)? ShownUnit(string text)
    {
        List<Token> tokens;
        try
        {
            tokens = Tokenizer.Split(text);
        }
        catch (CalculatorException)
        {
            return null;
        }

        var number = tokens[0].Is("-") || tokens[0].Is("+") ? 1 : 0;
        var isPercentage = tokens.Count > number + 1 && tokens[number + 1].Is("%");
        if (tokens[number].Kind != TokenKind.Number || tokens.Count != number + (isPercentage ? 3 : 2))
            return null;
        var letter = text.IndexOfAny(['e', 'E']);
        var mantissa = letter < 0 ? text.TrimEnd('%', ' ') : text[..letter];
        var exponent = letter < 0 ? 0 : int.Parse(text.AsSpan(letter + 1).TrimEnd("% "), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : mantissa.Length - point - 1;
        return (Rational.PowerOfTen(exponent - places - (isPercentage ? 2 : 0)), point >= 0 || isPercentage);
    }
}
