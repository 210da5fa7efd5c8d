namespace Orchestra.Core.Experts.Calculator;

/// <summary>
/// Reads an expression by recursive descent. From loose to tight: + −; × ÷ mod and "of" behind a fraction; "of" behind a percentage; signs in
/// front; powers, from the right; ! % and raised digits behind.
/// </summary>
internal sealed class ExpressionParser
{
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private ExpressionParser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_at];

    /// <summary>The whole text as one expression; throws <see cref="CalculatorException"/>.</summary>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(Tokenizer.Split(text));
        if (parser.Current.Kind == TokenKind.End)
            throw new CalculatorException(1, "there is no expression. Write one such as 2 + 3 * 4.");
        var expression = parser.Sum();
        return parser.Current.Kind == TokenKind.End ? expression : throw parser.Unexpected();
    }

    private Expression Sum()
    {
        var left = Product();
        while (Current.Is("+") || Current.Is("-"))
        {
            var sign = Take();
            var right = Product();
            var isShare = right.IsPercentage && !left.IsPercentage;
            var operation = sign.Is("+")
                ? isShare ? BinaryOperator.AddShare : BinaryOperator.Add
                : isShare ? BinaryOperator.SubtractShare : BinaryOperator.Subtract;
            left = new Expression.Binary(sign.Position, operation, left, right);
        }

        return left;
    }

    private Expression Product()
    {
        var start = _at;
        var left = Factor();
        var joins = StartsWithGroupOrNumber(start);
        while (true)
        {
            if (Current.Is("("))
            {
                // 2(3) is a product; 6/2(3) and 2^3(4) read either way, so they are refused.
                if (!joins)
                    throw new CalculatorException(Current.Position, "it is not clear what these parentheses multiply. Write the * and group what belongs together.");
                var position = Current.Position;
                start = _at;
                left = new Expression.Binary(position, BinaryOperator.Multiply, left, Factor());
                joins = StartsWithGroupOrNumber(start);
                continue;
            }

            if (OperatorHere(left) is not { } operation)
                return left;
            var sign = Take();
            start = _at;
            left = new Expression.Binary(sign.Position, operation, left, Factor());
            joins = operation == BinaryOperator.Multiply && StartsWithGroupOrNumber(start);
        }
    }

    private BinaryOperator? OperatorHere(Expression left)
    {
        if (Current.Is("*"))
            return BinaryOperator.Multiply;
        if (Current.Is("/"))
            return BinaryOperator.Divide;
        if (Current.Is("%") || Current.Is("mod"))
            return BinaryOperator.Remainder;
        return Current.Is("of") && left is Expression.Binary { Operator: BinaryOperator.Divide } ? BinaryOperator.Multiply : null;
    }

    /// <summary>Whether the factor just read is nothing but a number or a group, signs aside.</summary>
    private bool StartsWithGroupOrNumber(int start)
    {
        while (_tokens[start].Is("-") || _tokens[start].Is("+"))
            start++;
        return _tokens[start].Kind == TokenKind.Number ? _at == start + 1 : _tokens[start].Is("(") && GroupEnd(start) == _at - 1;
    }

    private int GroupEnd(int start)
    {
        var open = 0;
        for (var at = start; ; at++)
        {
            open += _tokens[at].Is("(") ? 1 : _tokens[at].Is(")") ? -1 : 0;
            if (open == 0)
                return at;
        }
    }

    private Expression Factor()
    {
        using var _ = Deeper();
        var left = Signed();
        if (!left.IsPercentage || !Current.Is("of"))
            return left;
        var of = Take();
        return new Expression.Binary(of.Position, BinaryOperator.Multiply, left, Factor());
    }

    private Expression Signed()
    {
        if (!Current.Is("-") && !Current.Is("+"))
            return Power();
        using var _ = Deeper();
        var sign = Take();
        var operand = Signed();
        return sign.Is("-") ? new Expression.Unary(sign.Position, UnaryOperator.Negate, operand) : operand;
    }

    private Expression Power()
    {
        var left = Postfix();
        if (!Current.Is("^"))
            return left;
        using var _ = Deeper();
        var sign = Take();
        return new Expression.Binary(sign.Position, BinaryOperator.Power, left, Signed());
    }

    private Expression Postfix()
    {
        var operand = Primary();
        while (true)
        {
            if (Current.Kind == TokenKind.Superscript)
            {
                var power = Take();
                operand = new Expression.Binary(power.Position, BinaryOperator.Power, operand, new Expression.Number(power.Position, power.Value!));
            }
            else if (Current.Is("!"))
            {
                if (_tokens[_at + 1].Is("!"))
                    throw new CalculatorException(Current.Position, "!! has two meanings. Write (n!)! for the factorial of the factorial.");
                operand = new Expression.Unary(Take().Position, UnaryOperator.Factorial, operand);
            }
            else if (Current.Is("%") && !_tokens[_at + 1].StartsOperand)
            {
                operand = new Expression.Unary(Take().Position, UnaryOperator.Percent, operand);
            }
            else
            {
                return operand;
            }
        }
    }

    private Expression Primary()
    {
        var token = Current;
        if (token.Kind == TokenKind.Number)
            return new Expression.Number(Take().Position, token.Value!);
        if (token.Is("√"))
        {
            using var _ = Deeper();
            return new Expression.Call(Take().Position, "sqrt", [Postfix()]);
        }

        if (token.Is("("))
        {
            Take();
            var inner = Sum();
            Expect(")", "a parenthesis that opens must close.");
            return inner;
        }

        if (token.Kind != TokenKind.Name || token.Text is "of" or "mod" && !_tokens[_at + 1].Is("("))
            throw Unexpected();
        Take();
        if (token.Text is "pi" or "e")
            return new Expression.Constant(token.Position, token.Text == "pi");
        if (!CalculatorFunctions.Exists(token.Text))
            throw new CalculatorException(token.Position, $"this name is unknown. There are {CalculatorFunctions.Names}, pi and e.");
        return new Expression.Call(token.Position, token.Text, Arguments());
    }

    private List<Expression> Arguments()
    {
        Expect("(", "a function's arguments stand in parentheses.");
        var arguments = new List<Expression> { Sum() };
        while (Current.Is(","))
        {
            Take();
            arguments.Add(Sum());
        }

        Expect(")", "a parenthesis that opens must close.");
        return arguments;
    }

    private void Expect(string sign, string reason)
    {
        if (!Current.Is(sign))
            throw new CalculatorException(Current.Position, reason);
        Take();
    }

    private Token Take() => _tokens[_at++];

    private CalculatorException Unexpected() => new(Current.Position, Current.Kind == TokenKind.End
        ? "the expression ends too early. Complete it."
        : "this does not fit here. Write numbers with operators between them, every multiplication as *.");

    private DepthScope Deeper()
    {
        if (++_depth > CalculatorLimits.Depth)
            throw new CalculatorException(Current.Position, "this is nested too deeply. Split the expression.");
        return new DepthScope(this);
    }

    private readonly struct DepthScope(ExpressionParser parser) : IDisposable
    {
        public void Dispose() => parser._depth--;
    }
}
