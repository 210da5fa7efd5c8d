using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Arithmetic on quantities: exact where all operands are, else with enclosures of a precision; always within the limits.</summary>
/// <param name="bits">Bits of the enclosures.</param>
internal sealed class Arithmetic(int bits)
{
    public int Bits => bits;

    public Transcendentals Series { get; } = new(bits);

    public static Quantity Negate(Quantity value) => value.Exact is { } exact ? -exact : -value.Enclose(0);

    public static Quantity Abs(Quantity value) => value.Exact is { } exact ? Rational.Abs(exact) : value.Enclose(0).Abs();

    public Quantity Add(Quantity left, Quantity right, int position) => left.Exact is { } x && right.Exact is { } y
        ? Bounded.Check(x + y, position)
        : Bounded.Check(Enclosure.Add(left.Enclose(bits), right.Enclose(bits), bits), position);

    public Quantity Subtract(Quantity left, Quantity right, int position) => Add(left, Negate(right), position);

    public Quantity Multiply(Quantity left, Quantity right, int position) => left.Exact is { } x && right.Exact is { } y
        ? Bounded.Check(x * y, position)
        : Bounded.Check(Enclosure.Multiply(left.Enclose(bits), right.Enclose(bits), bits), position);

    public Quantity Divide(Quantity left, Quantity right, int position)
    {
        if (right.Exact is { Sign: 0 })
            throw new CalculatorException(position, "nothing can be divided by zero. Change the divisor.");
        return left.Exact is { } x && right.Exact is { } y
            ? Bounded.Check(x / y, position)
            : Bounded.Check(Enclosure.Divide(left.Enclose(bits), right.Enclose(bits), bits), position);
    }

    /// <summary>What is left of a division, with the sign of the divisor: −7 mod 3 is 2.</summary>
    public Quantity Remainder(Quantity left, Quantity right, int position) =>
        Subtract(left, Multiply(right, (Rational)Floor(Divide(left, right, position)), position), position);

    /// <summary>The smaller, or with a sign of −1 the larger.</summary>
    public Quantity Smaller(Quantity left, Quantity right, int sign = 1)
    {
        var (first, second) = sign > 0 ? (left, right) : (Negate(left), Negate(right));
        if (first.High() <= second.Low())
            return left;
        if (second.High() <= first.Low())
            return right;
        return Enclosure.Between(left.Enclose(bits), right.Enclose(bits), sign > 0 ? BigInteger.Min : BigInteger.Max);
    }

    public BigInteger Floor(Quantity value)
    {
        var low = value.Low().Floor();
        return low == value.High().Floor() ? low : throw new PrecisionLostException("the value is too close to a whole number to round it. Simplify the expression.");
    }

    public BigInteger Ceiling(Quantity value) => -Floor(Negate(value));

    /// <summary>Rounds to so many digits behind the point; halves go away from zero.</summary>
    public Rational Round(Quantity value, int digits, int position)
    {
        var unit = Rational.PowerOfTen(-digits);
        var low = (value.Low() / unit).Round();
        if (low != (value.High() / unit).Round())
            throw new PrecisionLostException("the value is too close to a half to round it. Simplify the expression.");
        return Bounded.Check(low * unit, position);
    }

    public Rational Factorial(Quantity value, int position)
    {
        if (value.Exact is not { IsInteger: true, Sign: >= 0 } n)
            throw new CalculatorException(position, "only whole numbers from 0 have a factorial.");
        if (n > CalculatorLimits.Factorial)
            throw new CalculatorException(position, $"factorials go up to {CalculatorLimits.Factorial}!.");
        var product = BigInteger.One;
        for (var factor = 2; factor <= (int)n.Numerator; factor++)
            product *= factor;
        return product;
    }

    public Quantity Exp(Quantity power, int position)
    {
        if (power.Exact is { Sign: 0 })
            return Rational.One;

        // e^6932 is the first above 2^Bits.
        if (power.Low() > CalculatorLimits.Bits)
            throw new CalculatorException(position, Bounded.TooLong);
        if (power.High() < -CalculatorLimits.Bits)
            throw new CalculatorException(position, Bounded.TooClose);
        return Bounded.Check(Series.Exp(power.Enclose(bits)), position);
    }

    public Quantity Ln(Quantity value, int position)
    {
        if (value.High().Sign <= 0)
            throw new CalculatorException(position, "only positive numbers have a logarithm.");
        return value.Exact == Rational.One ? Rational.Zero : Series.Ln(value.Enclose(bits));
    }
}
