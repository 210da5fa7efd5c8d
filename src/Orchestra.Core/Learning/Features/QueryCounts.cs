namespace Orchestra.Core.Learning.Features;

/// <summary>What is counted while a query is read, up to where the reader is.</summary>
internal struct QueryCounts
{
    public int Characters;
    public int Words;
    public int Letters;
    public int LongWords;
    public int Capitals;
    public int Repeated;
    public int Numbers;
    public int Digits;
    public int Decimals;
    public int Options;
    public int Sentences;
    public int Questions;
    public int Lines;
    public int Operators;
    public int Brackets;
    public int CodeMarks;
    public int Formulas;
    public int Commas;
    public int Money;
    public int Quotes;
    public int Foreign;
    public int SingleLetters;
    public int NumberWords;
    public int Relations;

    private const int LongWord = 9;

    /// <summary>Counts a word.</summary>
    public void Count(in WordReader word, bool isRepeated)
    {
        Repeated += isRepeated ? 1 : 0;
        if (word.IsNumber)
        {
            Numbers++;
            Digits += word.Length;
            Decimals += word.IsDecimal ? 1 : 0;
            return;
        }

        Words++;
        Letters += word.Length;
        LongWords += word.Length >= LongWord ? 1 : 0;
        Capitals += word.IsCapital ? 1 : 0;
        Options += word.IsOption ? 1 : 0;
        SingleLetters += word.Length == 1 ? 1 : 0;
        NumberWords += QuantityWords.IsNumber(word.Hash) ? 1 : 0;
        Relations += QuantityWords.IsRelation(word.Hash) ? 1 : 0;
    }

    /// <summary>Counts a sign that belongs to no word.</summary>
    public void Mark(char sign)
    {
        switch (sign)
        {
            case '.' or '!' or '。':
                Sentences++;
                break;
            case '?' or '？':
                Questions++;
                break;
            case '\n':
                Lines++;
                break;
            case '+' or '*' or '/' or '=' or '<' or '>' or '×' or '÷' or '^' or '-':
                Operators++;
                break;
            case '(' or '[':
                Brackets++;
                break;
            case '{' or '}' or ';' or '_' or '`' or '#':
                CodeMarks++;
                break;
            case '\\' or '√' or '∑' or '∫' or 'π' or '≤' or '≥' or '°':
                Formulas++;
                break;
            case ',':
                Commas++;
                break;
            case '$' or '€' or '£' or '%':
                Money++;
                break;
            case '"' or '\'' or '“' or '”':
                Quotes++;
                break;
            case > (char)127:
                Foreign++;
                break;
        }
    }
}
