namespace Orchestra.Core.Experts.Calculator;

/// <summary>What the calculator takes at most; all of it depends on the expression alone, never on time or the machine.</summary>
public static class CalculatorLimits
{
    /// <summary>Characters of an expression; enough to read every result back.</summary>
    public const int Length = 4_000;

    /// <summary>Numbers, names and signs of an expression.</summary>
    public const int Tokens = 512;

    /// <summary>Parentheses, signs and powers inside one another.</summary>
    public const int Depth = 64;

    /// <summary>Bits of a numerator, of a denominator, and of an approximate value's power of two: about 3,010 decimal digits.</summary>
    public const int Bits = 10_000;

    /// <summary>The largest number whose factorial is taken.</summary>
    public const int Factorial = 1_000;

    /// <summary>Digits behind the point that <c>round</c> takes, and the same number in front of it.</summary>
    public const int RoundingDigits = 1_000;

    /// <summary>Digits behind the point up to which an exact decimal is written out.</summary>
    public const int DecimalPlaces = 60;

    /// <summary>Digits of numerator and denominator together up to which a fraction is written out.</summary>
    public const int FractionDigits = 60;

    /// <summary>Significant digits of the decimal beside a fraction.</summary>
    public const int FractionDecimalDigits = 12;

    /// <summary>Correct significant digits of an approximate value.</summary>
    public const int SignificantDigits = 30;

    /// <summary>Bits of the largest angle that <c>sin</c>, <c>cos</c> and <c>tan</c> take: about 10^30.</summary>
    public const int AngleBits = 100;
}
