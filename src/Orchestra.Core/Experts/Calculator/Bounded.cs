namespace Orchestra.Core.Experts.Calculator;

/// <summary>Keeps values within <see cref="CalculatorLimits.Bits"/>.</summary>
internal static class Bounded
{
    public const string TooLong = "the number gets too long: about 3,010 digits are the most. Use smaller numbers or powers.";
    public const string TooClose = "the number gets too close to zero: 10^-3010 is the least. Use smaller powers.";

    public static Rational Check(Rational value, int position) =>
        value.Bits <= CalculatorLimits.Bits ? value : throw new CalculatorException(position, TooLong);

    public static Enclosure Check(Enclosure value, int position)
    {
        var magnitude = value.Magnitude();
        if (magnitude > CalculatorLimits.Bits)
            throw new CalculatorException(position, TooLong);
        return magnitude < -CalculatorLimits.Bits && !value.HasZero ? throw new CalculatorException(position, TooClose) : value;
    }
}
