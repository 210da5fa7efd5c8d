using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Writes fractions as decimals.</summary>
internal static class DecimalText
{
    /// <summary>The value as a decimal that is not rounded; null where it has none of that many places.</summary>
    public static string? Exact(Rational value, int maxPlaces)
    {
        var rest = value.Denominator;
        var places = 0;
        while (!rest.IsOne)
        {
            // Each step takes one place: a factor 10, or 5, or 2.
            var divisor = BigInteger.GreatestCommonDivisor(rest, 10);
            if (divisor.IsOne || ++places > maxPlaces)
                return null;
            rest /= divisor;
        }

        var digits = BigInteger.Abs(value.Numerator) * BigInteger.Pow(10, places) / value.Denominator;
        return Sign(value) + Point(digits.ToString(), places);
    }

    /// <summary>The value rounded to so many significant digits, trailing zeros left out; very large and small ones as <c>1.5e-20</c>.</summary>
    public static string Rounded(Rational value, int significant)
    {
        if (value.Sign == 0)
            return "0";
        var (digits, exponent) = Significant(value, significant);
        var text = digits.ToString().TrimEnd('0');
        if (exponent >= significant || exponent < -6)
            return $"{Sign(value)}{text[0]}{(text.Length > 1 ? "." : string.Empty)}{text[1..]}e{exponent}";
        return exponent >= text.Length - 1
            ? Sign(value) + text.PadRight(exponent + 1, '0')
            : Sign(value) + Point(text, text.Length - 1 - exponent);
    }

    /// <summary>The digits of the magnitude, rounded, and the power of ten of the first one.</summary>
    public static (BigInteger Digits, int Exponent) Significant(Rational value, int significant)
    {
        var magnitude = Rational.Abs(value);
        var exponent = (int)Math.Floor(BigInteger.Log10(magnitude.Numerator) - BigInteger.Log10(magnitude.Denominator));

        // The logarithm may be one off next to a power of ten.
        if (magnitude < Rational.PowerOfTen(exponent))
            exponent--;
        else if (magnitude >= Rational.PowerOfTen(exponent + 1))
            exponent++;
        var digits = (magnitude * Rational.PowerOfTen(significant - 1 - exponent)).Round();
        return digits == BigInteger.Pow(10, significant) ? (digits / 10, exponent + 1) : (digits, exponent);
    }

    private static string Sign(Rational value) => value.Sign < 0 ? "-" : string.Empty;

    private static string Point(string digits, int places)
    {
        if (places == 0)
            return digits;
        digits = digits.PadLeft(places + 1, '0');
        return $"{digits[..^places]}.{digits[^places..]}";
    }
}
