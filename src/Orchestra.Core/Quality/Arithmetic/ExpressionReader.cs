using System.Text;

namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>Reads a run of tokens as an expression of numbers, with units between them that are left out.</summary>
internal sealed class ExpressionReader
{
    private const int MaxUnitWords = 3;

    private readonly List<ClaimToken> _tokens;
    private readonly int _end;
    private readonly StringBuilder _text = new();
    private readonly List<int> _operands = [];
    private int _at;
    private int _depth;

    private ExpressionReader(List<ClaimToken> tokens, int start, int end)
    {
        _tokens = tokens;
        _at = start;
        _end = end;
    }

    /// <summary>The canonical text.</summary>
    public string Text => _text.ToString();

    /// <summary>Number of operators between operands.</summary>
    public int Operators { get; private set; }

    /// <summary>Whether all numbers are whole.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The units, in lower case without the plural's s.</summary>
    public HashSet<string> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers with a percent sign, and without.</summary>
    public (int With, int Without) Percents { get; private set; }

    /// <summary>Whether operands are added or subtracted.</summary>
    public bool HasSum { get; private set; }

    private bool HasDivision { get; set; }

    private bool HasImplicitProduct { get; set; }

    /// <summary>Reads the tokens from start to end as one expression; null where they are not one.</summary>
    public static ExpressionReader? Read(List<ClaimToken> tokens, int start, int end)
    {
        var reader = new ExpressionReader(tokens, start, end);
        return reader.ReadSum() && reader._at == end && reader.IsClear ? reader : null;
    }

    /// <summary>The expressions that remain when leading operands are left out.</summary>
    public IEnumerable<string> Rests()
    {
        var text = Text;
        return _operands.Skip(1).Select(start => text[start..]);
    }

    /// <summary>Readings on which people differ are no claims: sums of percentages and numbers or of different units, and a quotient before a bare product.</summary>
    private bool IsClear =>
        !(HasSum && ((Percents.With > 0 && Percents.Without > 0) || Units.Count > 1)) && !(HasDivision && (HasImplicitProduct || Units.Count > 1));

    private bool ReadSum()
    {
        if (_at < _end && _tokens[_at].Is('-'))
        {
            _text.Append('-');
            _at++;
        }

        while (true)
        {
            if (!ReadOperand())
                return false;
            if (_at >= _end || _tokens[_at].Kind == ClaimTokenKind.Close)
                return true;
            if (_tokens[_at].Kind == ClaimTokenKind.Open)
            {
                HasImplicitProduct = true;
                Operators++;
                _text.Append('*');
                continue;
            }

            if (!ReadOperator())
                return false;
        }
    }

    private bool ReadOperator()
    {
        var token = _tokens[_at];
        var sign = token.Kind == ClaimTokenKind.Operator ? token.Text[0] : token is { Kind: ClaimTokenKind.Word, Text: "x" } ? '*' : '\0';
        if (sign == '\0' || _at + 1 >= _end)
            return false;
        HasSum |= sign is '+' or '-';
        HasDivision |= sign == '/';
        Operators++;
        _text.Append(sign);
        _at++;
        return true;
    }

    private bool ReadOperand()
    {
        if (_at >= _end)
            return false;
        if (_depth == 0)
            _operands.Add(_text.Length);
        var token = _tokens[_at++];
        switch (token.Kind)
        {
            case ClaimTokenKind.Number:
                IsWhole &= token.Decimals == 0 && !token.IsPercent;
                Percents = token.IsPercent ? (Percents.With + 1, Percents.Without) : (Percents.With, Percents.Without + 1);
                _text.Append(token.IsPercent ? $"({token.Text}/100)" : token.Text);
                break;
            case ClaimTokenKind.Open when ++_depth <= 8:
                _text.Append('(');
                if (!ReadSum() || _at >= _end || _tokens[_at].Kind != ClaimTokenKind.Close)
                    return false;
                _depth--;
                _at++;
                _text.Append(')');
                break;
            default:
                return false;
        }

        return ReadUnits();
    }

    private bool ReadUnits()
    {
        for (var words = 0; _at < _end; words++)
        {
            var token = _tokens[_at];
            var isPer = token.Is('/') && _at + 1 < _end && _tokens[_at + 1] is { Kind: ClaimTokenKind.Word, Text: not "x" };
            if (isPer)
                token = _tokens[++_at];
            if (token.Kind != ClaimTokenKind.Word || token.Text == "x")
                return words == 0 || !token.Is('^');
            if (words >= MaxUnitWords || !ClaimWords.MayBeUnit(token.Text))
                return false;
            Units.Add(ClaimWords.Singular(token.Text));
            _at++;
        }

        return true;
    }
}
