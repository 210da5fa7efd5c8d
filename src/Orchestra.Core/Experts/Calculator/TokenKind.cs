namespace Orchestra.Core.Experts.Calculator;

/// <summary>What a token of an expression is.</summary>
internal enum TokenKind
{
    /// <summary>A number; has a value.</summary>
    Number,

    /// <summary>A power written above the line; has a value.</summary>
    Superscript,

    /// <summary>A name, in lower case.</summary>
    Name,

    /// <summary>One of <c>+ - * / ^ % ! ( ) , √</c>.</summary>
    Sign,

    /// <summary>Behind the last character.</summary>
    End,
}
