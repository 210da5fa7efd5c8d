namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>Compares a claim with the calculator, tolerant to what people do with numbers: rounding, units, percentages, labels before a calculation.</summary>
internal static class ClaimCheck
{
    /// <summary>Numbers that are not whole are often shown shorter than they were calculated with.</summary>
    private const decimal HiddenDigits = 0.02m;

    private static readonly decimal[] UnitFactors = [7, 12, 16, 24, 52, 60, 365, 1_440, 3_600];

    /// <summary>Whether the claim holds; null where the calculator does not know.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="value">The expression's value, where the claim does not hold.</param>
    public static bool? Holds(ArithmeticClaim claim, out decimal value)
    {
        value = 0;
        if (ClaimValue.Of(claim.Expression) is not { } left)
            return null;
        value = left;
        if (IsShownAs(left, claim))
            return true;
        // A doubt is no rejection: the calculation may begin behind a label or a bullet, or the two sides may have different units.
        var isDoubtful = claim.Expressions.Skip(1).Any(rest => ClaimValue.Of(rest) is { } shorter && IsShownAs(shorter, claim)) ||
                         (claim.Expression[0] == '-' && ClaimValue.Of(claim.Expression[1..]) is { } positive && IsShownAs(positive, claim)) ||
                         IsScaled(left, claim);
        return isDoubtful ? null : false;
    }

    private static bool IsShownAs(decimal value, ArithmeticClaim claim)
    {
        var right = claim.Right;
        if (value == right)
            return true;
        var isExact = claim.IsWhole && value == decimal.Truncate(value);
        if (isExact && claim.Decimals == 0)
            return IsRoundedTo(value, right);
        var unit = Unit(claim.Decimals);
        var difference = Math.Abs(value - right);
        return difference < unit || difference <= Math.Abs(value) * HiddenDigits;
    }

    /// <summary>Whether a large whole number is shown with its last digits rounded to zeros.</summary>
    private static bool IsRoundedTo(decimal value, decimal right)
    {
        if (right == 0 || Math.Abs(value) < 10_000)
            return false;
        decimal unit = 1;
        while (right % (unit * 10) == 0)
            unit *= 10;
        return unit >= 100 && Math.Abs(value - right) < unit && Math.Abs(value - right) <= Math.Abs(value) * HiddenDigits;
    }

    private static bool IsScaled(decimal value, ArithmeticClaim claim)
    {
        if (value == 0 || claim.Right == 0)
            return false;
        var factor = Math.Abs(value) > Math.Abs(claim.Right) ? Ratio(value, claim.Right) : Ratio(claim.Right, value);
        if (factor is not { } f)
            return false;
        for (decimal ten = 10; ten <= 1_000_000_000; ten *= 10)
        {
            if (IsNear(f, ten) && (claim.MayBeScaled || !claim.IsWhole || ten == 100))
                return true;
        }

        return claim.MayBeScaled && Array.Exists(UnitFactors, unit => IsNear(f, unit));
    }

    private static decimal? Ratio(decimal larger, decimal smaller)
    {
        try
        {
            return larger / smaller;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool IsNear(decimal factor, decimal expected) => Math.Abs(factor - expected) <= expected * HiddenDigits;

    private static decimal Unit(int decimals)
    {
        decimal unit = 1;
        for (var i = 0; i < decimals; i++)
            unit /= 10;
        return unit;
    }
}
