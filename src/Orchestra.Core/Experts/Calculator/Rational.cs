using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>An exact fraction of whole numbers, always reduced, its denominator positive.</summary>
public sealed record Rational : IComparable<Rational>
{
    /// <summary>Zero.</summary>
    public static readonly Rational Zero = new(BigInteger.Zero, BigInteger.One);

    /// <summary>One.</summary>
    public static readonly Rational One = new(BigInteger.One, BigInteger.One);

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    /// <summary>The numerator, which carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, at least 1.</summary>
    public BigInteger Denominator { get; }

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>Whether it is a whole number.</summary>
    public bool IsInteger => Denominator.IsOne;

    /// <summary>Bits of the longer of numerator and denominator.</summary>
    public long Bits => Math.Max(BigInteger.Abs(Numerator).GetBitLength(), Denominator.GetBitLength());

    /// <summary>A whole number.</summary>
    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One);

    /// <summary>A whole number.</summary>
    public static implicit operator Rational(int value) => new(value, BigInteger.One);

    /// <summary>The sum.</summary>
    public static Rational operator +(Rational left, Rational right) => left.Denominator == right.Denominator
        ? Of(left.Numerator + right.Numerator, left.Denominator)
        : Of((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>The difference.</summary>
    public static Rational operator -(Rational left, Rational right) => left + -right;

    /// <summary>The value with the other sign.</summary>
    public static Rational operator -(Rational value) => new(-value.Numerator, value.Denominator);

    /// <summary>The product.</summary>
    public static Rational operator *(Rational left, Rational right) =>
        Of(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>The quotient; throws <see cref="DivideByZeroException"/> where there is none.</summary>
    public static Rational operator /(Rational left, Rational right) =>
        Of(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>Whether the left is smaller.</summary>
    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is larger.</summary>
    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is not larger.</summary>
    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is not smaller.</summary>
    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <summary>A fraction, reduced; throws <see cref="DivideByZeroException"/> where the denominator is zero.</summary>
    public static Rational Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException();
        if (denominator.IsOne)
            return new Rational(numerator, denominator);
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new Rational(numerator / divisor, denominator / divisor);
    }

    /// <summary>A power of ten, the exponent of either sign.</summary>
    public static Rational PowerOfTen(int exponent) =>
        exponent >= 0 ? new Rational(BigInteger.Pow(10, exponent), BigInteger.One) : new Rational(BigInteger.One, BigInteger.Pow(10, -exponent));

    /// <summary>The distance from zero.</summary>
    public static Rational Abs(Rational value) => value.Sign < 0 ? -value : value;

    /// <summary>A whole power; throws <see cref="DivideByZeroException"/> for zero to a negative power.</summary>
    public static Rational Pow(Rational value, int exponent)
    {
        if (exponent >= 0)
            return new Rational(BigInteger.Pow(value.Numerator, exponent), BigInteger.Pow(value.Denominator, exponent));
        return Of(BigInteger.Pow(value.Denominator, -exponent), BigInteger.Pow(value.Numerator, -exponent));
    }

    /// <summary>The largest whole number that is not larger.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The nearest whole number; halves go away from zero, as taught in school.</summary>
    public BigInteger Round()
    {
        var magnitude = ((BigInteger.Abs(Numerator) * 2) + Denominator) / (Denominator * 2);
        return Sign < 0 ? -magnitude : magnitude;
    }

    /// <inheritdoc/>
    public int CompareTo(Rational? other) =>
        other is null ? 1 : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The whole number, or the fraction as <c>3/56</c>.</summary>
    public override string ToString() => IsInteger ? Numerator.ToString() : $"{Numerator}/{Denominator}";
}
