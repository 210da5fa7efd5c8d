using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Powers, roots and logarithms: exact where the result is rational and short enough, else an enclosure.</summary>
/// <remarks>0^0 is 1. An odd root of a negative number is the real one: (-8)^(1/3) is -2.</remarks>
internal static class Powers
{
    private const int RepeatedProducts = 64;

    public static Quantity Power(Arithmetic arithmetic, Quantity value, Quantity exponent, int position)
    {
        if (exponent.Exact is not { } power)
            return IrrationalPower(arithmetic, value, exponent, position);
        if (power.Sign == 0)
            return Rational.One;
        if (value.Exact is { Sign: 0 } zero)
            return power.Sign > 0 ? zero : throw new CalculatorException(position, "zero has no negative power, since that divides by zero.");
        if (value.Exact is { } exact && ExactPower(exact, power, position) is { } result)
            return result;
        if (value.Exact is null && power.IsInteger && Rational.Abs(power) <= RepeatedProducts)
            return RepeatedProduct(arithmetic, value, (int)power.Numerator, position);
        var isNegative = IsNegative(value);
        if (isNegative && power.Denominator.IsEven)
            throw new CalculatorException(position, "a negative number has no even root.");
        var magnitude = arithmetic.Exp(arithmetic.Multiply(power, arithmetic.Ln(Arithmetic.Abs(value), position), position), position);
        return isNegative && !power.Numerator.IsEven ? Arithmetic.Negate(magnitude) : magnitude;
    }

    public static Quantity Sqrt(Arithmetic arithmetic, Quantity value, int position)
    {
        if (value.High().Sign < 0)
            throw new CalculatorException(position, "a negative number has no square root.");
        if (value.Exact is { } exact && IntegerRoot.Exact(exact, 2) is { } root)
            return root;
        return Enclosure.Sqrt(value.Enclose(arithmetic.Bits), arithmetic.Bits);
    }

    public static Quantity Log(Arithmetic arithmetic, Quantity value, Quantity logarithmBase, int position)
    {
        if (value.High().Sign <= 0)
            throw new CalculatorException(position, "only positive numbers have a logarithm.");
        if (logarithmBase.High().Sign <= 0 || logarithmBase.Exact == Rational.One)
            throw new CalculatorException(position, "a logarithm's base is positive and not 1.");
        if (value.Exact is { } x && logarithmBase.Exact is { } b && ExactLog(x, b) is { } exact)
            return exact;
        return arithmetic.Divide(arithmetic.Ln(value, position), arithmetic.Ln(logarithmBase, position), position);
    }

    private static bool IsNegative(Quantity value)
    {
        if (value.Low().Sign > 0)
            return false;
        return value.High().Sign < 0 ? true : throw new PrecisionLostException("the power's base is too close to zero to tell its sign. Simplify the expression.");
    }

    private static Quantity IrrationalPower(Arithmetic arithmetic, Quantity value, Quantity exponent, int position)
    {
        if (value.Exact == Rational.One)
            return Rational.One;
        if (value.High().Sign <= 0)
            throw new CalculatorException(position, "only a positive number has an irrational power.");
        return arithmetic.Exp(arithmetic.Multiply(exponent, arithmetic.Ln(value, position), position), position);
    }

    /// <summary>The power as a fraction; null where it is irrational or too long to write exactly, though it may be near enough to approximate.</summary>
    private static Rational? ExactPower(Rational value, Rational power, int position)
    {
        if (!power.IsInteger)
        {
            if (value.Sign < 0 && power.Denominator.IsEven)
                throw new CalculatorException(position, "a negative number has no even root.");
            if (Rational.Abs(value) != Rational.One)
            {
                // A number of so many bits has no whole root of a higher degree.
                if (power.Denominator > value.Bits || IntegerRoot.Exact(Rational.Abs(value), (int)power.Denominator) is not { } root)
                    return null;
                value = value.Sign < 0 ? -root : root;
            }
        }

        if (Rational.Abs(value) == Rational.One)
            return power.Numerator.IsEven ? Rational.One : value;

        // A number of n bits is at least 2^(n-1), so its power has at least (n-1) times the exponent.
        if (BigInteger.Abs(power.Numerator) * (value.Bits - 1) > CalculatorLimits.Bits)
            return null;
        var result = Rational.Pow(value, (int)power.Numerator);
        return result.Bits <= CalculatorLimits.Bits ? result : null;
    }

    private static Quantity RepeatedProduct(Arithmetic arithmetic, Quantity value, int exponent, int position)
    {
        Quantity product = Rational.One;
        for (var i = 0; i < Math.Abs(exponent); i++)
            product = arithmetic.Multiply(product, value, position);
        return exponent < 0 ? arithmetic.Divide(Rational.One, product, position) : product;
    }

    /// <summary>The logarithm where it is a fraction of a denominator up to 64.</summary>
    private static Rational? ExactLog(Rational value, Rational logarithmBase)
    {
        var ratio = Ln(value) / Ln(logarithmBase);
        for (var denominator = 1; denominator <= 64; denominator++)
        {
            // Fractions that reduce were tried already.
            var numerator = Math.Round(ratio * denominator);
            if (Math.Abs((ratio * denominator) - numerator) > 1e-6 || !BigInteger.GreatestCommonDivisor((BigInteger)numerator, denominator).IsOne
                || Math.Abs(numerator) * logarithmBase.Bits > 2 * CalculatorLimits.Bits
                || denominator * value.Bits > 2 * CalculatorLimits.Bits)
            {
                continue;
            }

            if (Rational.Pow(value, denominator) == Rational.Pow(logarithmBase, (int)numerator))
                return Rational.Of((BigInteger)numerator, denominator);
        }

        return null;
    }

    private static double Ln(Rational value) => BigInteger.Log(value.Numerator) - BigInteger.Log(value.Denominator);
}
