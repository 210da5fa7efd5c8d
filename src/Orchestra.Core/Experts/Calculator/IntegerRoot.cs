using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Whole roots of whole numbers.</summary>
internal static class IntegerRoot
{
    /// <summary>The largest whole number whose power is not larger than the value, which is not negative.</summary>
    public static BigInteger Floor(BigInteger value, int degree)
    {
        if (value.IsZero || value.IsOne || degree == 1)
            return value;
        if (value.GetBitLength() <= degree)
            return BigInteger.One;
        var root = Above(value, degree);
        while (true)
        {
            // Newton's steps from above never pass below the root, and stop falling when they are there.
            var next = (((degree - 1) * root) + (value / BigInteger.Pow(root, degree - 1))) / degree;
            if (next >= root)
                return root;
            root = next;
        }
    }

    /// <summary>The fraction whose power is the value, which is not negative; null where it is irrational.</summary>
    public static Rational? Exact(Rational value, int degree)
    {
        var numerator = Floor(value.Numerator, degree);
        if (BigInteger.Pow(numerator, degree) != value.Numerator)
            return null;
        var denominator = Floor(value.Denominator, degree);
        return BigInteger.Pow(denominator, degree) == value.Denominator ? Rational.Of(numerator, denominator) : null;
    }

    private static BigInteger Above(BigInteger value, int degree)
    {
        // 40 bits of the root from its logarithm, rounded up by far more than a double errs.
        var logarithm = BigInteger.Log(value) / Math.Log(2) / degree;
        var shift = Math.Max(0, (int)logarithm - 40);
        var leading = Math.Pow(2, logarithm - shift) * (1 + 1e-9);
        return (new BigInteger(leading) + 1) << shift;
    }
}
