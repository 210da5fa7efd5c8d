namespace Orchestra.Core.Learning.Features;

/// <summary>Reads the words of a text with their hashes, and counts the marks between them, in one pass. Words are folded to lower case; numbers to their length, so that values do not matter.</summary>
internal ref struct WordReader(ReadOnlySpan<char> text)
{
    private const int MostDigits = 6;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>The hash of the present word; never 0.</summary>
    public uint Hash { get; private set; }

    /// <summary>Where the present word begins.</summary>
    public int Start { get; private set; }

    /// <summary>The first letter of the present word; 0 of a number.</summary>
    public char First { get; private set; }

    /// <summary>Letters or digits of the present word.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the present word is a number.</summary>
    public bool IsNumber { get; private set; }

    /// <summary>Whether the present word begins with a capital letter.</summary>
    public bool IsCapital { get; private set; }

    /// <summary>Whether the present number has a decimal point.</summary>
    public bool IsDecimal { get; private set; }

    /// <summary>Whether a colon, full stop or bracket follows a single letter, as in a list of options.</summary>
    public bool IsOption { get; private set; }

    /// <summary>Goes to the next word; false at the end.</summary>
    public bool MoveNext(ref QueryCounts counts)
    {
        while (_at < _text.Length)
        {
            var letter = _text[_at];
            if (char.IsAsciiDigit(letter))
            {
                ReadNumber();
                return true;
            }

            if (char.IsLetter(letter))
            {
                ReadWord(letter);
                return true;
            }

            counts.Mark(letter);
            _at++;
        }

        return false;
    }

    private void ReadNumber()
    {
        var start = _at;
        Start = start;
        First = '\0';
        IsDecimal = false;
        for (; _at < _text.Length; _at++)
        {
            var letter = _text[_at];
            if (char.IsAsciiDigit(letter))
                continue;
            if (letter is not ('.' or ',') || _at + 1 >= _text.Length || !char.IsAsciiDigit(_text[_at + 1]))
                break;
            IsDecimal |= letter == '.';
        }

        Length = _at - start;
        IsNumber = true;
        IsCapital = false;
        IsOption = false;
        Hash = TermHash.Mix(0x5BD1E995 + (uint)Math.Min(Length, MostDigits) + (IsDecimal ? 16u : 0));
    }

    private void ReadWord(char first)
    {
        var start = _at;
        Start = start;
        First = first;
        var hash = TermHash.Start;
        for (; _at < _text.Length; _at++)
        {
            var letter = _text[_at];
            if (letter is >= 'a' and <= 'z')
                hash = TermHash.Add(hash, letter);
            else if (letter is >= 'A' and <= 'Z')
                hash = TermHash.Add(hash, (char)(letter | 0x20));
            else if (letter > 127 && char.IsLetter(letter))
                hash = TermHash.Add(hash, char.ToLowerInvariant(letter));
            else
                break;
            // Scripts without spaces: every sign is a word.
            if (letter >= 0x2E80)
            {
                _at++;
                break;
            }
        }

        Length = _at - start;
        IsNumber = false;
        IsDecimal = false;
        IsCapital = char.IsUpper(first);
        IsOption = Length == 1 && IsCapital && first <= 'J' && _at < _text.Length && _text[_at] is '.' or ')' or ':';
        Hash = Math.Max(1, TermHash.Mix(hash));
    }
}
