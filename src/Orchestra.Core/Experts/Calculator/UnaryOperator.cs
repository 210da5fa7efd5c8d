namespace Orchestra.Core.Experts.Calculator;

/// <summary>Operators of one operand.</summary>
internal enum UnaryOperator
{
    /// <summary>The minus sign in front.</summary>
    Negate,

    /// <summary>A hundredth, the sign behind.</summary>
    Percent,

    /// <summary>The product of all whole numbers up to it.</summary>
    Factorial,
}
