using System.Diagnostics.CodeAnalysis;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Works arithmetic expressions out: a pure function of the text, within <see cref="CalculatorLimits"/>.</summary>
/// <remarks>
/// <para>Numbers: <c>12</c>, <c>.5</c>, <c>1,234,567.8</c>, <c>1e-3</c>, <c>pi</c>, <c>e</c>. Operators, from loose to tight: <c>+ -</c>;
/// <c>* / mod</c> and <c>of</c>; signs in front; <c>^</c> or <c>**</c> from the right; <c>!</c>, <c>%</c> and raised digits behind.
/// So -2^2 is -4 and 2^3^2 is 512. A number or group directly before a group multiplies it, 2(3), unless something other than * comes before.</para>
/// <para>A percentage is a hundredth: 12.5% is 0.125. "p% of x" binds like one factor. Added to or taken from something that is no
/// percentage it is that share of it: 80 + 15% is 92; 10% + 5% is 0.15. A percent sign directly before an operand is the remainder: 7 % 3 is 1.
/// Remainders have the divisor's sign. Halves are rounded away from zero.</para>
/// <para>Results are exact as long as they are rational; others are enclosed in intervals, more and more precisely until
/// <see cref="CalculatorLimits.SignificantDigits"/> digits are certain.</para>
/// </remarks>
public static class CalculatorEvaluator
{
    private static readonly int[] Precisions = [192, 512, 1536];

    /// <summary>What smaller things cannot be told from zero after the last pass: 10^-300.</summary>
    private static readonly Rational Nothing = Rational.PowerOfTen(-300);

    /// <summary>What the expression comes to; throws <see cref="CalculatorException"/>.</summary>
    public static CalculatorResult Evaluate(string expression) => Evaluate(ExpressionParser.Parse(expression));

    /// <summary>What the expression comes to; false and the reason where it comes to nothing.</summary>
    public static bool TryEvaluate(string expression, [NotNullWhen(true)] out CalculatorResult? result, [NotNullWhen(false)] out string? error)
    {
        try
        {
            result = Evaluate(expression);
            error = null;
            return true;
        }
        catch (CalculatorException exception)
        {
            result = null;
            error = exception.Message;
            return false;
        }
    }

    internal static CalculatorResult Evaluate(Expression expression)
    {
        var lost = (Position: 1, Reason: string.Empty);
        foreach (var bits in Precisions)
        {
            var evaluation = new Evaluation(new Arithmetic(bits));
            try
            {
                var quantity = evaluation.Run(expression);
                if (quantity.Exact is { } exact)
                    return CalculatorResult.Exact(exact);
                if (Certain(quantity.Enclose(bits), isLast: bits == Precisions[^1]) is { } value)
                    return CalculatorResult.Approximate(value);
                lost = (1, "the terms cancel so far that no digits are left. Simplify the expression.");
            }
            catch (PrecisionLostException exception)
            {
                lost = (evaluation.Position, exception.Message);
            }
        }

        throw new CalculatorException(lost.Position, lost.Reason);
    }

    /// <summary>The value rounded to its digits; null where the enclosure leaves more than one possibility.</summary>
    private static Rational? Certain(Enclosure enclosure, bool isLast)
    {
        var (low, high) = (enclosure.LowValue(), enclosure.HighValue());
        if (enclosure.HasZero)
            return isLast && high - low < Nothing ? Rational.Zero : null;
        var first = Rounded(low);
        if (first == Rounded(high))
            return first;

        // A value right between two decimals is never told apart; it is then known far better than the digits show.
        var middle = enclosure.MiddleValue();
        return isLast && (high - low) * Rational.PowerOfTen(CalculatorLimits.SignificantDigits * 2) < Rational.Abs(middle) ? Rounded(middle) : null;
    }

    private static Rational Rounded(Rational value)
    {
        var (digits, exponent) = DecimalText.Significant(value, CalculatorLimits.SignificantDigits);
        return digits * value.Sign * Rational.PowerOfTen(exponent - CalculatorLimits.SignificantDigits + 1);
    }
}
