using System.Numerics;
using Orchestra.Core.Experts.Calculator;

namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>What the calculator says of an expression, as precisely as claims are compared.</summary>
internal static class ClaimValue
{
    private const int Places = 12;

    private static readonly BigInteger Scale = BigInteger.Pow(10, Places);
    private static readonly BigInteger Most = BigInteger.Pow(10, 28);

    /// <summary>The value to twelve places; null where the expression has none, or one too large for a claim that people make.</summary>
    public static decimal? Of(string expression)
    {
        if (!CalculatorEvaluator.TryEvaluate(expression, out var result, out _))
            return null;
        var value = result.Value;
        if (value.IsInteger)
            return BigInteger.Abs(value.Numerator) < Most ? (decimal)value.Numerator : null;
        var scaled = value.Numerator * Scale / value.Denominator;
        return BigInteger.Abs(scaled) < Most ? (decimal)scaled / (decimal)Scale : null;
    }
}
