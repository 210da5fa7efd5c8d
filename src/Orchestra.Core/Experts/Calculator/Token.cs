namespace Orchestra.Core.Experts.Calculator;

/// <summary>A number, name or sign of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it starts, from 1.</param>
/// <param name="Text">The name, or the sign in its plain form.</param>
/// <param name="Value">The number.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, Rational? Value = null)
{
    public bool Is(string text) => Kind is TokenKind.Sign or TokenKind.Name && Text == text;

    /// <summary>Whether an operand starts here, so that a percent sign before it is a remainder.</summary>
    public bool StartsOperand => Kind == TokenKind.Number || Is("(") || Is("√") || (Kind == TokenKind.Name && Text is not ("of" or "mod"));
}
