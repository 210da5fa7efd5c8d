using System.Globalization;
using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>Splits an expression into tokens.</summary>
/// <remarks>
/// A comma separates arguments directly inside a function's parentheses, and thousands everywhere else: <c>max(1,234)</c> has two arguments,
/// <c>1,234 + 1</c> and <c>max((1,234), 5)</c> have the number 1234. Thousands must be well-formed: groups of three behind one to three digits.
/// </remarks>
internal sealed class Tokenizer(string text)
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private readonly List<Token> _tokens = [];
    private readonly Stack<bool> _parentheses = new();
    private int _at;

    private char Current => Peek(0);

    private bool CommaSeparatesArguments => _parentheses.TryPeek(out var isCall) && isCall;

    public static List<Token> Split(string text)
    {
        if (text.Length > CalculatorLimits.Length)
            throw new CalculatorException(CalculatorLimits.Length + 1, $"an expression may have {CalculatorLimits.Length} characters. Split it.");
        return new Tokenizer(text).Run();
    }

    private List<Token> Run()
    {
        while (_at < text.Length)
        {
            if (_tokens.Count >= CalculatorLimits.Tokens)
                throw Fault($"an expression may have {CalculatorLimits.Tokens} numbers and signs. Split it.");
            if (char.IsWhiteSpace(Current))
                _at++;
            else if (char.IsAsciiDigit(Current) || (Current == '.' && char.IsAsciiDigit(Peek(1))))
                AddNumber();
            else if (char.IsAsciiLetter(Current) || Current == 'π')
                AddName();
            else if (Superscripts.Contains(Current, StringComparison.Ordinal) || Current == '⁻')
                AddSuperscript();
            else
                AddSign();
        }

        Add(TokenKind.End, string.Empty, 0);
        return _tokens;
    }

    private void AddSign()
    {
        if (Current == '*' && Peek(1) == '*')
        {
            Add(TokenKind.Sign, "^", 2);
            return;
        }

        var sign = Current switch
        {
            '+' => "+",
            '-' or '−' => "-",
            '*' or '×' or '·' or '⋅' or '∙' => "*",
            '/' or '÷' or '∕' or '⁄' => "/",
            '^' => "^",
            '%' => "%",
            '!' => "!",
            '(' => "(",
            ')' => ")",
            ',' => ",",
            '√' => "√",
            _ => throw Fault("this sign has no meaning here. Use numbers, + - * / ^ % ! and parentheses."),
        };
        if (sign == "(")
            _parentheses.Push(_tokens.Count > 0 && _tokens[^1] is { Kind: TokenKind.Name, Text: not "of" });
        else if (sign == ")")
            _parentheses.TryPop(out _);
        Add(TokenKind.Sign, sign, 1);
    }

    private void AddName()
    {
        var end = _at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == 'π'))
            end++;
        var name = text[_at..end].ToLowerInvariant();
        Add(TokenKind.Name, name == "π" ? "pi" : name, end - _at);
    }

    private void AddSuperscript()
    {
        var start = _at;
        var isNegative = Current == '⁻';
        var end = isNegative ? _at + 1 : _at;
        var power = BigInteger.Zero;
        for (; end < text.Length && Superscripts.IndexOf(text[end], StringComparison.Ordinal) is >= 0 and var digit; end++)
            power = (power * 10) + digit;
        if (isNegative && end == start + 1)
            throw Fault("a raised minus needs digits behind it.");
        Add(TokenKind.Superscript, string.Empty, end - start, isNegative ? -power : power);
    }

    private void AddNumber()
    {
        var start = _at;
        var end = WholePart(start);
        var digits = text[start..end].Replace(",", string.Empty, StringComparison.Ordinal);
        var places = 0;
        if (At(end) == '.')
        {
            var fraction = Digits(end + 1);
            places = fraction - end - 1;
            if (places == 0)
                throw Fault("a point needs digits behind it.", end);
            digits += text[(end + 1)..fraction];
            end = fraction;
        }

        var exponent = Exponent(ref end);
        if (At(end) == '.')
            throw Fault("a number has one point.", end);
        if (Math.Abs(exponent) > CalculatorLimits.Bits)
            throw Fault(Bounded.TooLong, start);
        var value = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * Rational.PowerOfTen(exponent - places);
        Add(TokenKind.Number, string.Empty, end - start, Bounded.Check(value, start + 1));
    }

    private int WholePart(int start)
    {
        var end = Digits(start);
        if (CommaSeparatesArguments || At(end) != ',' || !char.IsAsciiDigit(At(end + 1)))
            return end;
        if (end - start is 0 or > 3 || text[start] == '0')
            throw Fault("this comma does not separate thousands. Write 1,234,567 or 1234567, and a point for decimals.", end);
        while (At(end) == ',')
        {
            if (Digits(end + 1) != end + 4)
                throw Fault("this comma does not separate thousands. Write 1,234,567 or 1234567, and a point for decimals.", end);
            end += 4;
        }

        return end;
    }

    private int Exponent(ref int end)
    {
        if (At(end) is not ('e' or 'E'))
            return 0;
        var sign = At(end + 1) is '+' or '-' ? 1 : 0;
        var last = Digits(end + 1 + sign);
        if (last == end + 1 + sign)
            return 0;
        var digits = text[(end + 1)..last];
        var start = end;
        end = last;
        return int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && exponent != int.MinValue
            ? exponent
            : throw Fault(Bounded.TooLong, start);
    }

    private int Digits(int start)
    {
        while (char.IsAsciiDigit(At(start)))
            start++;
        return start;
    }

    private void Add(TokenKind kind, string name, int length, Rational? value = null)
    {
        _tokens.Add(new Token(kind, _at + 1, name, value));
        _at += length;
    }

    private char Peek(int ahead) => At(_at + ahead);

    private char At(int index) => index < text.Length ? text[index] : '\0';

    private CalculatorException Fault(string reason, int? at = null) => new((at ?? _at) + 1, reason);
}
