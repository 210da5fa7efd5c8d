namespace Orchestra.Core.Experts.Calculator;

/// <summary>What an expression came to.</summary>
public sealed record CalculatorResult
{
    private CalculatorResult(Rational value, bool isExact, string text)
    {
        Value = value;
        IsExact = isExact;
        Text = text;
    }

    /// <summary>The value; where it is irrational, rounded to <see cref="CalculatorLimits.SignificantDigits"/> correct digits.</summary>
    public Rational Value { get; }

    /// <summary>Whether <see cref="Value"/> is the value itself.</summary>
    public bool IsExact { get; }

    /// <summary>
    /// The value for people: a whole number or exact decimal, a fraction with its decimal such as <c>3/56 (≈ 0.0535714285714)</c>, or a
    /// rounded decimal behind <c>≈</c> where the value is irrational or too long for either.
    /// </summary>
    public string Text { get; }

    internal static CalculatorResult Exact(Rational value) => new(value, isExact: true, TextOf(value));

    internal static CalculatorResult Approximate(Rational value) =>
        new(value, isExact: false, "≈ " + DecimalText.Rounded(value, CalculatorLimits.SignificantDigits));

    private static string TextOf(Rational value)
    {
        if (DecimalText.Exact(value, CalculatorLimits.DecimalPlaces) is { } written)
            return written;
        var fraction = value.ToString();
        return fraction.Length <= CalculatorLimits.FractionDigits
            ? $"{fraction} (≈ {DecimalText.Rounded(value, CalculatorLimits.FractionDecimalDigits)})"
            : $"≈ {DecimalText.Rounded(value, CalculatorLimits.SignificantDigits)}";
    }
}
