using System.Buffers;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Counts the signals of a query in one pass over its characters.</summary>
internal static class QueryReader
{
    private const int HeadCharacters = 6_000;
    private const int TailCharacters = 2_000;

    /// <summary>Words at the beginning and at the end where an instruction stands; words in between belong to the material it is about.</summary>
    private const int InstructionWords = 40;

    private const int InstructionCharacters = 300;

    private static readonly SearchValues<char> Operators = SearchValues.Create("+-*/=^<>×÷−");
    private static readonly SearchValues<char> CodeMarks = SearchValues.Create("{};[]_");
    private static readonly SearchValues<char> Formulas = SearchValues.Create("∑∫√≤≥≠≈∞∈∀∃πθ∂∇⊂∪∩→²³");

    /// <summary>Reads the signals of a query; of a long one only the beginning and the end.</summary>
    public static QuerySignals Read(string query)
    {
        var text = Excerpt.Of(query, HeadCharacters, TailCharacters);
        var signals = new QuerySignals();
        var words = ReadCharacters(text, signals);
        ReadPhrases(text, signals);
        var material = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, signal) in words)
        {
            var isInstruction = index < InstructionWords || index >= signals.Words - InstructionWords;
            if (isInstruction || ++material <= TaskWeights.MostMaterialWords)
                signals.Add(signal, !seen.Add(signal.Word) ? 0 : isInstruction ? 1 : TaskWeights.MaterialShare);
            signals.AsksForFact |= signal.Question && index < 4;
        }

        return signals;
    }

    private static List<(int Index, WordSignal Signal)> ReadCharacters(ReadOnlySpan<char> text, QuerySignals signals)
    {
        var found = new List<(int, WordSignal)>();
        var wide = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is (>= '\u3040' and <= '\u30ff') or (>= '\u4e00' and <= '\u9fff') or (>= '\uac00' and <= '\ud7a3'))
            {
                signals.Words += ++wide & 1;
            }
            else if (char.IsAsciiDigit(c))
            {
                i = EndOfNumber(text, i);
                signals.Numbers++;
                signals.Words++;
            }
            else if (char.IsLetter(c))
            {
                var end = EndOfWord(text, i);
                var word = text[i..end];
                if (TaskWords.ByWord.TryGetValue(word, out var signal))
                    found.Add((signals.Words, signal));
                else if (IsOption(text, i, end))
                    signals.Options++;
                signals.Words++;
                i = end - 1;
            }
            else
            {
                ReadMark(text, i, signals);
            }
        }

        return found;
    }

    private static int EndOfNumber(ReadOnlySpan<char> text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            end++;
        return end - 1;
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '#' || IsHyphen(text, end)))
            end++;
        return end;
    }

    private static bool IsHyphen(ReadOnlySpan<char> text, int at) => text[at] == '-' && at + 1 < text.Length && char.IsLetter(text[at + 1]);

    /// <summary>One capital letter as in <c>A.</c>, <c>B)</c> or <c>(C)</c>.</summary>
    private static bool IsOption(ReadOnlySpan<char> text, int start, int end) =>
        end - start == 1 && text[start] is >= 'A' and <= 'J' && end < text.Length && text[end] is '.' or ')' or ':' &&
        (start == 0 || text[start - 1] is ' ' or '\n' or '(');

    private static void ReadMark(ReadOnlySpan<char> text, int at, QuerySignals signals)
    {
        var c = text[at];
        if (c is '?' or '？' or '؟')
            signals.Questions++;
        else if (c == '`' && text[at..].StartsWith("```"))
            signals.HasFence = true;
        else if ((c == '\\' && at + 1 < text.Length && char.IsLetter(text[at + 1])) || Formulas.Contains(c))
            signals.Formulas++;
        else if (c == '\n' && StartsItem(text[(at + 1)..]))
            signals.Items++;
        else if (Operators.Contains(c) && IsBetweenOperands(text, at))
            signals.Operators++;
        else if (CodeMarks.Contains(c) || (c == '(' && at + 1 < text.Length && text[at + 1] == ')'))
            signals.CodeMarks++;
    }

    private static bool StartsItem(ReadOnlySpan<char> line)
    {
        line = line.TrimStart(' ');
        if (line.StartsWith("- ") || line.StartsWith("* ") || line.StartsWith("• "))
            return true;
        var digits = line.IndexOfAnyExceptInRange('0', '9');
        return digits is 1 or 2 && line.Length > digits + 1 && line[digits] is '.' or ')' && line[digits + 1] == ' ';
    }

    private static bool IsBetweenOperands(ReadOnlySpan<char> text, int at)
    {
        var left = text[..at].TrimEnd(' ');
        var right = text[(at + 1)..].TrimStart(' ');
        if (left.IsEmpty || right.IsEmpty)
            return false;
        var spaced = left.Length < at;
        return (char.IsAsciiDigit(left[^1]) || left[^1] is ')' || (spaced || text[at] is '=' or '^' or '+') && char.IsAsciiLetter(left[^1])) &&
               (char.IsAsciiLetterOrDigit(right[0]) || right[0] is '(' or '-' or '$' or '\\');
    }

    private static void ReadPhrases(string text, QuerySignals signals)
    {
        foreach (var (signal, at) in TaskPhrases.Find(text))
            signals.Add(signal, at < InstructionCharacters || at > text.Length - InstructionCharacters ? 1 : TaskWeights.MaterialShare);
    }
}
