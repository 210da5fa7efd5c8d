using System.Text;

namespace Orchestra.Storage.Search;

/// <summary>Fills passages of one section with its lines, up to a number of words each.</summary>
internal sealed class PassageBuilder(string heading, int maxWords, List<Passage> output)
{
    // Ten characters a word are plenty; what has more is a table, a key or an attack.
    private readonly int _maxLength = maxWords * 10;
    private readonly StringBuilder _text = new();
    private int _words;
    private int _line;

    public void Add(string[] lines, Section section)
    {
        for (var i = section.Start; i < section.End && output.Count < PassageSplitter.MaxPassages;)
        {
            var end = i;
            var words = 0;
            var length = 0;
            while (end < section.End && !string.IsNullOrWhiteSpace(lines[end]))
            {
                words += CountWords(lines[end]);
                length += lines[end].Length + 1;
                end++;
            }

            if (!Fits(words, length))
                Flush();
            for (; i < end; i++)
                AddLine(lines[i], i + 1);
            if (i < section.End)
                AddLine(string.Empty, ++i);
        }

        Flush();
    }

    private static int CountWords(ReadOnlySpan<char> line)
    {
        var words = 0;
        var isInside = false;
        foreach (var character in line)
        {
            var isSpace = char.IsWhiteSpace(character);
            words += isSpace || isInside ? 0 : 1;
            isInside = !isSpace;
        }

        return words;
    }

    private bool Fits(int words, int length) => _words + words <= maxWords && _text.Length + length <= _maxLength;

    private void AddLine(ReadOnlySpan<char> line, int number)
    {
        // The length is judged first, so that one endless line is not counted over and over.
        while (_text.Length + line.Length > _maxLength || _words + CountWords(line) > maxWords)
        {
            Flush();
            var cut = Cut(line);
            if (cut == line.Length)
                break;
            Append(line[..cut], number);
            line = line[cut..].TrimStart();
        }

        Append(line, number);
    }

    private void Append(ReadOnlySpan<char> line, int number)
    {
        if (_text.Length == 0)
        {
            if (line.IsWhiteSpace())
                return;
            _line = number;
        }
        else
        {
            _text.Append('\n');
        }

        _text.Append(line.TrimEnd());
        _words += CountWords(line);
    }

    /// <summary>How much of a line fits into an empty passage: up to the end of a word where there is one.</summary>
    private int Cut(ReadOnlySpan<char> line)
    {
        var words = 0;
        var lastSpace = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (i == _maxLength)
                return lastSpace > 0 ? lastSpace : i - (char.IsLowSurrogate(line[i]) ? 1 : 0);
            if (!char.IsWhiteSpace(line[i]))
                continue;
            words += i > 0 && !char.IsWhiteSpace(line[i - 1]) ? 1 : 0;
            if (words == maxWords)
                return i;
            lastSpace = i;
        }

        return line.Length;
    }

    private void Flush()
    {
        if (_text.Length > 0)
            output.Add(new Passage(heading, _line, _text.ToString().TrimEnd()));
        _text.Clear();
        _words = 0;
    }
}
