namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>A piece of an answer as the arithmetic verifier sees it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; a number's without separators of thousands.</param>
/// <param name="Start">Where it begins in the line.</param>
/// <param name="End">Where it ends in the line.</param>
/// <param name="IsPercent">Whether a percent sign follows the number.</param>
internal readonly record struct ClaimToken(ClaimTokenKind Kind, string Text, int Start, int End, bool IsPercent = false)
{
    /// <summary>Digits behind the decimal point of a number.</summary>
    public int Decimals => Text.IndexOf('.') is >= 0 and var point ? Text.Length - point - 1 : 0;

    /// <summary>Whether it is this operator.</summary>
    public bool Is(char sign) => Kind == ClaimTokenKind.Operator && Text[0] == sign;
}
