namespace Orchestra.Core.Experts.Calculator;

/// <summary>A parsed expression.</summary>
/// <param name="Position">Where it starts or has its operator, from 1.</param>
internal abstract record Expression(int Position)
{
    /// <summary>Whether it is a percentage, of which <c>80 + 15%</c> takes the share of the left: <c>15%</c>, its negative, sums of percentages.</summary>
    public virtual bool IsPercentage => false;

    /// <summary>Whether it works something out, which a number, a constant or a percentage alone does not.</summary>
    public virtual bool Computes => true;

    internal sealed record Number(int Position, Rational Value) : Expression(Position)
    {
        public override bool Computes => false;
    }

    internal sealed record Constant(int Position, bool IsPi) : Expression(Position)
    {
        public override bool Computes => false;
    }

    internal sealed record Unary(int Position, UnaryOperator Operator, Expression Operand) : Expression(Position)
    {
        public override bool IsPercentage { get; } = Operator == UnaryOperator.Percent || (Operator == UnaryOperator.Negate && Operand.IsPercentage);

        public override bool Computes { get; } = Operator == UnaryOperator.Factorial || Operand.Computes;
    }

    internal sealed record Binary(int Position, BinaryOperator Operator, Expression Left, Expression Right) : Expression(Position)
    {
        public override bool IsPercentage { get; } = Operator is BinaryOperator.Add or BinaryOperator.Subtract && Left.IsPercentage && Right.IsPercentage;
    }

    internal sealed record Call(int Position, string Function, IReadOnlyList<Expression> Arguments) : Expression(Position);
}
