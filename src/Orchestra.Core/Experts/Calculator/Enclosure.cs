using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>
/// A real number known up to an error: it lies within <see cref="Radius"/> of <see cref="Middle"/>, both in units of two to the power of
/// <see cref="Exponent"/>. Every operation returns an enclosure of all results that its operands allow, so digits that are shown are certain.
/// </summary>
internal readonly record struct Enclosure(BigInteger Middle, BigInteger Radius, int Exponent)
{
    private static readonly BigInteger MaxRadius = BigInteger.One << 32;

    public BigInteger Low => Middle - Radius;

    public BigInteger High => Middle + Radius;

    public bool HasZero => Low.Sign <= 0 && High.Sign >= 0;

    public static Enclosure Of(Rational value, int bits)
    {
        var shift = bits - (int)(BigInteger.Abs(value.Numerator).GetBitLength() - value.Denominator.GetBitLength());
        var numerator = shift > 0 ? value.Numerator << shift : value.Numerator;
        var denominator = shift < 0 ? value.Denominator << -shift : value.Denominator;
        var middle = BigInteger.DivRem(numerator, denominator, out var remainder);
        return new Enclosure(middle, remainder.IsZero ? 0 : 1, -shift);
    }

    public static Enclosure Between(Enclosure left, Enclosure right, Func<BigInteger, BigInteger, BigInteger> choose)
    {
        var (a, b, exponent) = Align(left, right);
        var low = choose(a.Low, b.Low);
        var high = choose(a.High, b.High);
        return new Enclosure((low + high) >> 1, ((high - low) >> 1) + 1, exponent);
    }

    public static Enclosure operator -(Enclosure value) => value with { Middle = -value.Middle };

    public static Enclosure Add(Enclosure left, Enclosure right, int bits)
    {
        var (a, b, exponent) = Align(left, right);
        return new Enclosure(a.Middle + b.Middle, a.Radius + b.Radius, exponent).Round(bits);
    }

    public static Enclosure Multiply(Enclosure left, Enclosure right, int bits)
    {
        var radius = (BigInteger.Abs(left.Middle) * right.Radius) + (BigInteger.Abs(right.Middle) * left.Radius) + (left.Radius * right.Radius);
        return new Enclosure(left.Middle * right.Middle, radius, left.Exponent + right.Exponent).Round(bits);
    }

    public static Enclosure Divide(Enclosure left, Enclosure right, int bits)
    {
        if (right.HasZero)
            throw new PrecisionLostException("the divisor is zero or too close to it to tell. Divide by something else.");
        var divisor = BigInteger.Abs(right.Middle);
        var shift = (int)Math.Max(0, bits + divisor.GetBitLength() - BigInteger.Abs(left.Middle).GetBitLength() + 2);
        var middle = (left.Middle << shift) / right.Middle;

        // |x/y − m/n| ≤ (|m|·s + |n|·r) / (|n|·(|n| − s)) for x within r of m and y within s of n.
        var error = ((BigInteger.Abs(left.Middle) * right.Radius) + (divisor * left.Radius)) << shift;
        return new Enclosure(middle, (error / (divisor * (divisor - right.Radius))) + 2, left.Exponent - right.Exponent - shift).Round(bits);
    }

    public static Enclosure Sqrt(Enclosure value, int bits)
    {
        if (value.Low.Sign <= 0)
            throw new PrecisionLostException("the root's argument is too close to zero to tell its sign. Simplify the expression.");
        var shift = (int)Math.Max(0, (2L * bits) - value.Middle.GetBitLength());
        shift += (value.Exponent - shift) & 1;
        var root = IntegerRoot.Floor(value.Middle << shift, 2);

        // √x − √(x − r) ≤ r / √x.
        return new Enclosure(root, ((value.Radius << shift) / root) + 2, (value.Exponent - shift) / 2).Round(bits);
    }

    public Enclosure Abs() => this with { Middle = BigInteger.Abs(Middle) };

    /// <summary>The middle in units of two to the power of minus <paramref name="scale"/>, rounded down.</summary>
    public BigInteger Fixed(int scale) => Shift(Middle, Exponent + scale);

    /// <summary>The radius in such units, rounded up.</summary>
    public BigInteger FixedRadius(int scale) => Radius.IsZero ? BigInteger.Zero : Shift(Radius, Exponent + scale) + 1;

    public Rational LowValue() => Value(Low);

    public Rational HighValue() => Value(High);

    public Rational MiddleValue() => Value(Middle);

    /// <summary>The power of two next above the magnitude.</summary>
    public long Magnitude() => Exponent + BigInteger.Max(BigInteger.Abs(Low), BigInteger.Abs(High)).GetBitLength();

    /// <summary>Drops bits beyond the precision, and those that the error makes meaningless.</summary>
    public Enclosure Round(int bits)
    {
        var excess = (int)Math.Max(BigInteger.Abs(Middle).GetBitLength() - bits, Radius > MaxRadius ? Radius.GetBitLength() - 32 : 0);
        return excess <= 0 ? this : new Enclosure(Middle >> excess, (Radius >> excess) + 2, Exponent + excess);
    }

    private Rational Value(BigInteger units) => Exponent >= 0 ? units << Exponent : Rational.Of(units, BigInteger.One << -Exponent);

    private static BigInteger Shift(BigInteger value, int bits) => bits >= 0 ? value << bits : value >> -bits;

    private static (Enclosure Left, Enclosure Right, int Exponent) Align(Enclosure left, Enclosure right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return (left.To(exponent), right.To(exponent), exponent);
    }

    private Enclosure To(int exponent) => new(Middle << (Exponent - exponent), Radius << (Exponent - exponent), exponent);
}
