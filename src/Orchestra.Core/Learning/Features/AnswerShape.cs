namespace Orchestra.Core.Learning.Features;

/// <summary>How an answer looks from afar: its length, its parts, whether it ends where it should and how much it repeats itself.</summary>
internal static class AnswerShape
{
    private const int Bits = 1 << 13;
    private const int Window = 6;
    private const int Nesting = 32;

    /// <summary>The features' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "is_empty", "log_words", "log_length_ratio", "log_lines", "log_sentences", "words_per_sentence", "digit_share", "math_share", "code_share", "upper_share",
        "new_word_share", "query_words_used", "repeated_windows", "repeats_at_end", "ends_open", "open_brackets", "text_after_final",
    ];

    /// <summary>Writes the features.</summary>
    public static void Read(AnswerText text, Span<float> into)
    {
        ReadOnlySpan<char> answer = text.Answer.AsSpan().Trim();
        if (answer.IsEmpty)
        {
            into[0] = 1;
            return;
        }

        Span<ulong> query = stackalloc ulong[Bits / 64];
        var queryWords = MarkWords(text.Query, query);
        var words = ReadWords(answer, query, into);
        into[1] = FeatureScale.Around(words, 4);
        into[2] = Math.Clamp((MathF.Log(answer.Length + 10) - MathF.Log(text.Query.Length + 10)) / 2, -3, 3);
        into[3] = FeatureScale.Around(answer.Count('\n') + CountOf(answer, "\\n"), 1);
        var sentences = 1 + CountOf(answer, ". ") + CountOf(answer, ".\n") + CountOf(answer, ".\\n");
        into[4] = FeatureScale.Around(sentences, 1);
        into[5] = Math.Clamp(((float)words / sentences / 20) - 1, -1, 3);
        var shares = Count(answer);
        into[6] = MathF.Min(3, (float)shares.Digits / answer.Length * 4);
        into[7] = MathF.Min(3, (float)shares.Math / answer.Length * 10);
        into[8] = MathF.Min(3, (float)shares.Code / answer.Length * 10);
        into[9] = MathF.Min(3, (float)shares.Upper / answer.Length * 10);
        into[11] = queryWords == 0 ? 0 : into[11] / queryWords;
        into[14] = EndsOpen(answer) ? 1 : 0;
        into[15] = IsUnbalanced(answer) || CountOf(answer, "```") % 2 == 1 ? 1 : 0;
        into[16] = text.Final is { } final ? MathF.Min(2, Math.Max(0, text.Answer.Length - final.Position - final.Text.Length - 40) / 200f) : 0;
    }

    private static int MarkWords(ReadOnlySpan<char> text, Span<ulong> marks)
    {
        var count = 0;
        foreach (var word in new WordEnumerator(text))
        {
            if (word.Length > 2 && Mark(marks, word.Hash))
                count++;
        }

        return count;
    }

    private static int ReadWords(ReadOnlySpan<char> answer, ReadOnlySpan<ulong> query, Span<float> into)
    {
        Span<ulong> seen = stackalloc ulong[Bits / 64];
        Span<ulong> windows = stackalloc ulong[Bits / 64];
        Span<uint> recent = stackalloc uint[Window];
        var (words, fresh, used, repeated, tail) = (0, 0, 0, 0, 0);
        foreach (var word in new WordEnumerator(answer))
        {
            recent[words++ % Window] = word.Hash;
            if (Mark(seen, word.Hash))
            {
                fresh++;
                used += word.Length > 2 && IsMarked(query, word.Hash) ? 1 : 0;
            }

            if (words < Window)
                continue;
            uint window = 0;
            for (var i = 0; i < Window; i++)
                window = (window * 0x9E3779B1) + recent[(words + i) % Window];
            var isRepeated = !Mark(windows, window ^ (window >> 15));
            repeated += isRepeated ? 1 : 0;
            tail = isRepeated ? tail + 1 : 0;
        }

        into[10] = words == 0 ? 0 : ((float)fresh / words - 0.5f) * 2;
        into[11] = used;
        into[12] = words <= Window ? 0 : MathF.Min(2, (float)repeated / words * 4);
        into[13] = tail > 12 ? 1 : 0;
        return words;
    }

    private static (int Digits, int Math, int Code, int Upper) Count(ReadOnlySpan<char> answer)
    {
        var (digits, math, code, upper) = (0, 0, 0, 0);
        foreach (var c in answer)
        {
            if (char.IsAsciiDigit(c))
                digits++;
            else if (c is '=' or '+' or '*' or '/' or '^' or '\\' or '≈' or '×' or '÷' or '√' or '<' or '>')
                math++;
            else if (c is '[' or ']' or '_' or ';' or '`' or '\'' or '{' or '}')
                code++;
            else if (char.IsAsciiLetterUpper(c))
                upper++;
        }

        return (digits, math, code, upper);
    }

    /// <summary>Whether the answer stops inside a sentence.</summary>
    private static bool EndsOpen(ReadOnlySpan<char> answer) => char.IsLetter(answer[^1]) && answer.Length > 40 || answer[^1] is ',' or '=' or '+' or '-' or '*' or '(' or '[' or '\\' or ':';

    private static bool IsUnbalanced(ReadOnlySpan<char> answer)
    {
        Span<char> open = stackalloc char[Nesting];
        var depth = 0;
        foreach (var c in answer)
        {
            if (c is '(' or '[' or '{')
            {
                if (depth == Nesting)
                    return true;
                open[depth++] = c;
            }
            else if (c is ')' or ']' or '}' && depth > 0 && open[depth - 1] == (c switch { ')' => '(', ']' => '[', _ => '{' }))
            {
                depth--;
            }
        }

        return depth > 0;
    }

    private static int CountOf(ReadOnlySpan<char> text, ReadOnlySpan<char> part) => text.Count(part);

    private static bool Mark(Span<ulong> marks, uint hash)
    {
        var isNew = !IsMarked(marks, hash);
        marks[(int)(hash % Bits / 64)] |= 1UL << (int)(hash % 64);
        return isNew;
    }

    private static bool IsMarked(ReadOnlySpan<ulong> marks, uint hash) => (marks[(int)(hash % Bits / 64)] & (1UL << (int)(hash % 64))) != 0;
}
