namespace Orchestra.Core.Learning.Features;

/// <summary>A number as a text mentions it, in digits or as a word.</summary>
/// <param name="Value">Its value; of a percentage, the number before the sign.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends in the text.</param>
/// <param name="Decimals">Digits behind its point.</param>
/// <param name="IsResult">Whether an equals sign stands before it.</param>
internal readonly record struct NumberMention(double Value, int Start, int End, int Decimals, bool IsResult)
{
    private const double Tolerance = 1e-6;

    /// <summary>Whether two values are the same but for the noise of floating-point numbers.</summary>
    public static bool IsSame(double one, double other) => Math.Abs(one - other) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(other));

    /// <summary>Whether two values differ by no more than rounding to three digits does.</summary>
    public static bool IsClose(double one, double other) => Math.Abs(one - other) <= 0.006 * Math.Max(Math.Abs(one), Math.Abs(other));
}
