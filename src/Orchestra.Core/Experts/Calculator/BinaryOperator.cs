namespace Orchestra.Core.Experts.Calculator;

/// <summary>Operators of two operands.</summary>
internal enum BinaryOperator
{
    /// <summary>The sum.</summary>
    Add,

    /// <summary>The difference.</summary>
    Subtract,

    /// <summary>The product.</summary>
    Multiply,

    /// <summary>The quotient.</summary>
    Divide,

    /// <summary>What a division leaves, with the divisor's sign.</summary>
    Remainder,

    /// <summary>The power.</summary>
    Power,

    /// <summary>The left and a share of it more: 80 + 15%.</summary>
    AddShare,

    /// <summary>The left and a share of it less: 80 − 15%.</summary>
    SubtractShare,
}
