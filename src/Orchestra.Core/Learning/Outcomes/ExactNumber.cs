using System.Numerics;

namespace Orchestra.Core.Learning.Outcomes;

/// <summary>A rational number, so that 0.5, 1/2 and 50e-2 are the same and 0.1 is exactly that.</summary>
/// <param name="Numerator">Carries the sign.</param>
/// <param name="Denominator">Positive.</param>
internal readonly record struct ExactNumber(BigInteger Numerator, BigInteger Denominator) : IEquatable<ExactNumber>
{
    /// <summary>Characters of a number at most; a longer text is compared as text, which is enough for an answer and bounds the work.</summary>
    public const int MaxLength = 200;

    private const int MaxExponent = 400;

    /// <summary>Whether both have the same value.</summary>
    public bool Equals(ExactNumber other) => Numerator * other.Denominator == other.Numerator * Denominator;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var divisor = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        return HashCode.Combine(Numerator / divisor, Denominator / divisor);
    }

    /// <summary>Reads an integer, decimal or fraction with optional sign, exponent, thousands separators, currency and percent signs.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ExactNumber number)
    {
        number = default;
        if (text.Length > MaxLength)
            return false;
        var slash = text.IndexOf('/');
        if (slash < 0)
            return TryParseDecimal(text, out number);
        if (!TryParseDecimal(text[..slash], out var over) || !TryParseDecimal(text[(slash + 1)..], out var under) || under.Numerator.IsZero)
            return false;
        var sign = under.Numerator.Sign;
        number = new ExactNumber(over.Numerator * under.Denominator * sign, over.Denominator * BigInteger.Abs(under.Numerator));
        return true;
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> text, out ExactNumber number)
    {
        number = default;
        var digits = TakeSign(text.Trim(), out var isNegative).TrimEnd('%').TrimEnd();
        var exponent = 0;
        if (digits.IndexOfAny('e', 'E') is var mark and > 0)
        {
            if (!int.TryParse(digits[(mark + 1)..], out exponent) || Math.Abs((long)exponent) > MaxExponent)
                return false;
            digits = digits[..mark];
        }

        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        if (!TryUngroup(whole, out var wholeDigits) || !IsDigits(fraction) || wholeDigits.Length + fraction.Length == 0)
            return false;
        var value = BigInteger.Parse(string.Concat("0", wholeDigits, fraction));
        exponent -= fraction.Length;
        var scale = BigInteger.Pow(10, Math.Abs(exponent));
        value = isNegative ? -value : value;
        number = exponent >= 0 ? new ExactNumber(value * scale, 1) : new ExactNumber(value, scale);
        return true;
    }

    /// <summary>Takes off one sign and one currency sign, in either order.</summary>
    private static ReadOnlySpan<char> TakeSign(ReadOnlySpan<char> text, out bool isNegative)
    {
        isNegative = false;
        var hasSign = false;
        var hasCurrency = false;
        while (!text.IsEmpty)
        {
            if (!hasSign && text[0] is ('-' or '\u2212' or '+'))
            {
                hasSign = true;
                isNegative = text[0] != '+';
            }
            else if (!hasCurrency && text[0] is ('$' or '€' or '£'))
            {
                hasCurrency = true;
            }
            else
            {
                break;
            }

            text = text[1..].TrimStart();
        }

        return text;
    }

    /// <summary>Removes thousands separators where they stand in their places.</summary>
    private static bool TryUngroup(ReadOnlySpan<char> whole, out string digits)
    {
        digits = whole.ToString();
        if (!whole.Contains(','))
            return IsDigits(whole);
        var groups = digits.Split(',');
        digits = string.Concat(groups);
        return groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3) && IsDigits(digits);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
