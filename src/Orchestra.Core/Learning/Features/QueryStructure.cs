namespace Orchestra.Core.Learning.Features;

/// <summary>Describes the structure of a query by a few numbers of like size.</summary>
internal static class QueryStructure
{
    /// <summary>What the numbers stand for, in order.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "length", "words", "sentences", "word length", "long words", "capitals", "repetition", "numbers", "share of numbers", "digits", "decimals", "options", "questions",
        "lines", "operators", "brackets", "code marks", "formulas", "commas", "money", "quotes", "foreign signs", "words per sentence", "long numbers", "single letters", "quantities", "relations",
    ];

    /// <summary>How many there are.</summary>
    public static int Count => Names.Count;

    /// <summary>Writes the numbers; each is about −1 to 1 for ordinary queries.</summary>
    public static void Write(in QueryCounts counts, Span<float> destination)
    {
        var words = Math.Max(1f, counts.Words);
        var all = Math.Max(1f, counts.Words + counts.Numbers);
        var sentences = Math.Max(1f, counts.Sentences + counts.Questions);
        var i = 0;
        destination[i++] = (MathF.Log(1 + counts.Characters) - 6) / 2;
        destination[i++] = (MathF.Log(1 + counts.Words) - 4) / 2;
        destination[i++] = Log(sentences) - 1;
        destination[i++] = (counts.Letters / words) - 4.5f;
        destination[i++] = (4 * counts.LongWords / words) - 0.5f;
        destination[i++] = 2 * counts.Capitals / words;
        destination[i++] = (2 * counts.Repeated / all) - 0.7f;
        destination[i++] = Log(counts.Numbers) - 0.7f;
        destination[i++] = 4 * counts.Numbers / all;
        destination[i++] = counts.Numbers == 0 ? 0 : ((float)counts.Digits / counts.Numbers) - 2;
        destination[i++] = Log(counts.Decimals);
        destination[i++] = Log(counts.Options) - 0.5f;
        destination[i++] = Log(counts.Questions);
        destination[i++] = Log(counts.Lines) - 0.5f;
        destination[i++] = Log(counts.Operators) - 0.5f;
        destination[i++] = Log(counts.Brackets) - 0.5f;
        destination[i++] = Log(counts.CodeMarks);
        destination[i++] = Log(counts.Formulas);
        destination[i++] = Log(counts.Commas) - 0.7f;
        destination[i++] = Log(counts.Money);
        destination[i++] = Log(counts.Quotes);
        destination[i++] = Log(counts.Foreign);
        destination[i++] = (MathF.Log(words / sentences) - 2.7f) / 1.5f;
        destination[i++] = counts.Digits > 5 * counts.Numbers ? 1 : 0;
        destination[i++] = Log(counts.SingleLetters);
        destination[i++] = Log(counts.Numbers + counts.NumberWords) - 0.7f;
        destination[i] = Log(counts.Relations);
        for (var n = 0; n < destination.Length; n++)
            destination[n] = Math.Clamp(destination[n], -3, 3);
    }

    private static float Log(float count) => MathF.Log(1 + count) / 1.5f;
}
