namespace Orchestra.Core.Experts.Calculator;

/// <summary>Works an expression out in one pass of a given precision.</summary>
/// <param name="arithmetic">The precision's arithmetic.</param>
internal sealed class Evaluation(Arithmetic arithmetic)
{
    private int _position = 1;

    /// <summary>The position of the step that was last begun.</summary>
    public int Position => _position;

    public Quantity Run(Expression expression)
    {
        switch (expression)
        {
            case Expression.Number number:
                return number.Value;
            case Expression.Constant constant:
                return constant.IsPi ? arithmetic.Series.Pi() : arithmetic.Exp(Rational.One, constant.Position);
            case Expression.Unary unary:
                var operand = Run(unary.Operand);
                _position = unary.Position;
                return unary.Operator switch
                {
                    UnaryOperator.Negate => Arithmetic.Negate(operand),
                    UnaryOperator.Percent => arithmetic.Divide(operand, (Rational)100, _position),
                    _ => arithmetic.Factorial(operand, _position),
                };
            case Expression.Binary binary:
                var left = Run(binary.Left);
                var right = Run(binary.Right);
                _position = binary.Position;
                return Combine(binary.Operator, left, right);
            case Expression.Call call:
                var arguments = call.Arguments.Select(Run).ToList();
                _position = call.Position;
                return CalculatorFunctions.Apply(call.Function, arithmetic, arguments, _position);
            default:
                throw new InvalidOperationException("An expression of an unknown kind.");
        }
    }

    private Quantity Combine(BinaryOperator operation, Quantity left, Quantity right) => operation switch
    {
        BinaryOperator.Add => arithmetic.Add(left, right, _position),
        BinaryOperator.Subtract => arithmetic.Subtract(left, right, _position),
        BinaryOperator.Multiply => arithmetic.Multiply(left, right, _position),
        BinaryOperator.Divide => arithmetic.Divide(left, right, _position),
        BinaryOperator.Remainder => arithmetic.Remainder(left, right, _position),
        BinaryOperator.Power => Powers.Power(arithmetic, left, right, _position),
        BinaryOperator.AddShare => arithmetic.Multiply(left, arithmetic.Add(Rational.One, right, _position), _position),
        _ => arithmetic.Multiply(left, arithmetic.Subtract(Rational.One, right, _position), _position),
    };
}
