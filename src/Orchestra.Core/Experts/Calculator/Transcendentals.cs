using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>
/// Exponentials, logarithms and angles by power series in fixed point, one instance per precision. The scale has 64 bits more than the precision,
/// so that the error of a series, declared as <see cref="SeriesError"/> and really far below it, costs no digit of the result.
/// </summary>
/// <param name="bits">Bits of the results.</param>
internal sealed class Transcendentals(int bits)
{
    private const int Guard = 64;
    private const int Halvings = 8;
    private const int AngleGuard = CalculatorLimits.AngleBits + 28;
    private static readonly BigInteger SeriesError = BigInteger.One << 28;

    private readonly int _scale = bits + Guard;
    private BigInteger? _ln2;
    private BigInteger? _halfPi;

    private BigInteger One => BigInteger.One << _scale;

    /// <summary>ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749), within 1 unit.</summary>
    private BigInteger Ln2 => _ln2 ??=
        ((18 * Reciprocal(26, _scale + 16, 1)) - (2 * Reciprocal(4801, _scale + 16, 1)) + (8 * Reciprocal(8749, _scale + 16, 1))) >> 16;

    /// <summary>π/2 = 8 arctan(1/5) − 2 arctan(1/239), within 1 unit of its own scale, which leaves room for the largest angle.</summary>
    private BigInteger HalfPi => _halfPi ??=
        ((8 * Reciprocal(5, _scale + AngleGuard + 16, -1)) - (2 * Reciprocal(239, _scale + AngleGuard + 16, -1))) >> 16;

    public Enclosure Pi() => new Enclosure(HalfPi, 1, 1 - _scale - AngleGuard).Round(bits);

    /// <summary>e to a power whose magnitude is below 2^14.</summary>
    public Enclosure Exp(Enclosure power)
    {
        var spread = power.FixedRadius(_scale);
        if (spread > One >> 4)
            throw new PrecisionLostException("the power is not known well enough. Simplify the expression.");
        var x = power.Fixed(_scale);
        var doublings = (int)((x + (Ln2 >> 1)) / Ln2);
        var rest = (x - (doublings * Ln2)) >> Halvings;
        var term = One;
        var sum = One;
        for (var n = 1; !term.IsZero && term != BigInteger.MinusOne; n++)
        {
            term = ((term * rest) >> _scale) / n;
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
            sum = (sum * sum) >> _scale;

        // e^r − 1 ≤ 2r for r ≤ 1.
        var error = SeriesError + ((sum * spread) >> (_scale - 1)) + 1;
        return new Enclosure(sum, error, doublings - _scale).Round(bits);
    }

    /// <summary>The natural logarithm of what is certainly positive.</summary>
    public Enclosure Ln(Enclosure value)
    {
        if (value.Low.Sign <= 0)
            throw new PrecisionLostException("the logarithm's argument is too close to zero to tell its sign. Simplify the expression.");
        var length = (int)value.Middle.GetBitLength();
        var doublings = length + value.Exponent;
        var x = new Enclosure(value.Middle, 0, -length).Fixed(_scale);
        if (x * 3 < One * 2)
        {
            x <<= 1;
            doublings--;
        }

        // ln x = 2 artanh((x − 1) / (x + 1)), and x is between 2/3 and 4/3.
        var z = ((x - One) << _scale) / (x + One);
        var square = (z * z) >> _scale;
        var power = z;
        var sum = z;
        for (var n = 3; !power.IsZero && power != BigInteger.MinusOne; n += 2)
        {
            power = (power * square) >> _scale;
            sum += power / n;
        }

        var error = SeriesError + ((value.Radius << _scale) / value.Low) + 1;
        return new Enclosure((2 * sum) + (doublings * Ln2), error, -_scale).Round(bits);
    }

    /// <summary>Sine and cosine of an angle below 2^<see cref="CalculatorLimits.AngleBits"/>.</summary>
    public (Enclosure Sine, Enclosure Cosine) SineCosine(Enclosure angle)
    {
        var x = angle.Fixed(_scale + AngleGuard);
        var quarters = Rational.Of(x, HalfPi).Round();
        var rest = (x - (quarters * HalfPi)) >> AngleGuard;
        var sine = Series(rest, rest, 1);
        var cosine = Series(One, rest, 0);
        var error = SeriesError + angle.FixedRadius(_scale);
        var s = new Enclosure(sine, error, -_scale).Round(bits);
        var c = new Enclosure(cosine, error, -_scale).Round(bits);
        return (int)(quarters & 3) switch
        {
            0 => (s, c),
            1 => (c, -s),
            2 => (-s, -c),
            _ => (-c, s),
        };
    }

    /// <summary>The sum of term · (−x²)^k / ((first + 1) … (first + 2k)).</summary>
    private BigInteger Series(BigInteger term, BigInteger x, int first)
    {
        var square = (x * x) >> _scale;
        var sum = term;
        for (var n = first + 1; !term.IsZero && term != BigInteger.MinusOne; n += 2)
        {
            term = -((term * square) >> _scale) / (n * (n + 1));
            sum += term;
        }

        return sum;
    }

    /// <summary>artanh(1/n), or arctan(1/n) where the signs alternate.</summary>
    private static BigInteger Reciprocal(int n, int scale, int sign)
    {
        var power = (BigInteger.One << scale) / n;
        var sum = power;
        for (var k = 3; !power.IsZero; k += 2)
        {
            power = sign * (power / (n * n));
            sum += power / k;
        }

        return sum;
    }
}
