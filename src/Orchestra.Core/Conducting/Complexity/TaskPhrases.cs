using System.Buffers;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Phrases of several words, and key words of languages that write none between spaces.</summary>
internal static class TaskPhrases
{
    private static readonly (string Phrase, WordSignal Signal)[] All =
    [
        ("step by step", new(TaskType.Reasoning, 0.5, Effort: 1)),
        ("step-by-step", new(TaskType.Reasoning, 0.5, Effort: 1)),
        ("pros and cons", new(TaskType.Reasoning, 2, Effort: 1.5)),
        ("show that", new(TaskType.Reasoning, 2, Effort: 3)),
        ("how many", new(TaskType.Math, 1.6)),
        ("how much", new(TaskType.Math, 1.2)),
        ("how long", new(TaskType.Math, 0.6)),
        ("how far", new(TaskType.Math, 0.8)),
        ("wie viele", new(TaskType.Math, 1.6)),
        ("cuántos", new(TaskType.Math, 1.6)),
        ("cuántas", new(TaskType.Math, 1.6)),
        ("combien", new(TaskType.Math, 1.6)),
        ("сколько", new(TaskType.Math, 1.6)),
        ("at least", new(Condition: true)),
        ("at most", new(Condition: true)),
        ("such that", new(Condition: true)),
        ("no more than", new(Condition: true)),
        ("unit test", new(TaskType.Code, 1.5, Advanced: true)),
        ("c++", new(TaskType.Code, 2.4)),
        ("thread safe", new(TaskType.Code, 0.8, Advanced: true)),
        ("time complexity", new(TaskType.Code, 0.8, Advanced: true)),
        ("data structure", new(TaskType.Code, 1.2)),
        ("stack trace", new(TaskType.Code, 1.6)),
        ("tl;dr", new(TaskType.Summary, 5)),
        ("key points", new(TaskType.Summary, 4)),
        ("fasse zusammen", new(TaskType.Summary, 5)),
        ("in one sentence", new(TaskType.Summary, 1)),
        ("翻译", new(TaskType.Translation, 5)),
        ("翻訳", new(TaskType.Translation, 5)),
        ("번역", new(TaskType.Translation, 5)),
        ("总结", new(TaskType.Summary, 5)),
        ("要約", new(TaskType.Summary, 5)),
        ("证明", new(TaskType.Reasoning, 3.5, Effort: 3.8)),
        ("証明", new(TaskType.Reasoning, 3.5, Effort: 3.8)),
        ("比较", new(TaskType.Reasoning, 1.8, Effort: 1.8)),
        ("为什么", new(TaskType.Reasoning, 1, Effort: 0.8)),
        ("なぜ", new(TaskType.Reasoning, 1, Effort: 0.8)),
        ("多少", new(TaskType.Math, 1.6)),
        ("计算", new(TaskType.Math, 1.6)),
        ("いくつ", new(TaskType.Math, 1.6)),
        ("代码", new(TaskType.Code, 2.4)),
        ("函数", new(TaskType.Code, 1.6)),
        ("什么", new(TaskType.Lookup, 1.2)),
        ("你好", new(TaskType.Chat, 2.5)),
        ("こんにちは", new(TaskType.Chat, 2.5)),
    ];

    // All phrases at once, vectorised; the others only where the text has anything but ASCII, since ignoring their case is slow.
    private static readonly SearchValues<string> Ascii = SearchValues.Create(
        [.. All.Select(entry => entry.Phrase).Where(phrase => System.Text.Ascii.IsValid(phrase))], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Others = SearchValues.Create(
        [
            .. All.Select(entry => entry.Phrase).Where(phrase => !System.Text.Ascii.IsValid(phrase))
                .SelectMany(phrase => new[] { phrase, char.ToUpperInvariant(phrase[0]) + phrase[1..] }).Distinct(),
        ],
        StringComparison.Ordinal);

    /// <summary>The phrases in a text with what they say and where they stand; matched in any case, each reported once.</summary>
    public static List<(WordSignal Signal, int Index)> Find(ReadOnlySpan<char> text)
    {
        var found = new List<(WordSignal, int)>();
        Span<bool> seen = stackalloc bool[All.Length];
        Find(text, Ascii, found, seen);
        if (!System.Text.Ascii.IsValid(text))
            Find(text, Others, found, seen);
        return found;
    }

    private static void Find(ReadOnlySpan<char> text, SearchValues<string> phrases, List<(WordSignal Signal, int Index)> found, Span<bool> seen)
    {
        for (var from = 0; text[from..].IndexOfAny(phrases) is var distance and >= 0; from++)
        {
            from += distance;
            for (var i = 0; i < All.Length; i++)
            {
                if (seen[i] || !text[from..].StartsWith(All[i].Phrase, StringComparison.OrdinalIgnoreCase))
                    continue;
                seen[i] = true;
                found.Add((All[i].Signal, from));
            }
        }
    }
}
