namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>A statement of an answer that an expression of numbers has a certain value.</summary>
/// <param name="Expressions">The expression as it stands, then what remains of it when leading operands are left out: what seems one may be a label.</param>
/// <param name="Right">The value that the answer states.</param>
/// <param name="RightText">The value as it is written.</param>
/// <param name="Decimals">Digits behind the point of the value as it is written.</param>
/// <param name="IsWhole">Whether all numbers of the expression are whole.</param>
/// <param name="MayBeScaled">Whether units or percent signs may account for a factor between the two sides.</param>
internal sealed record ArithmeticClaim(IReadOnlyList<string> Expressions, decimal Right, string RightText, int Decimals, bool IsWhole, bool MayBeScaled)
{
    /// <summary>The whole expression.</summary>
    public string Expression => Expressions[0];
}
