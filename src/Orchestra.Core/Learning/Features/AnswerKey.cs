using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Learning.Features;

/// <summary>What an answer says in the end, so that the answers of several experts can be compared: a choice, a number, or a short text.</summary>
public readonly record struct AnswerKey
{
    private const int MaxText = 1_000;

    private readonly ExactNumber? _number;
    private readonly string? _text;

    private AnswerKey(ExactNumber number) => _number = number;

    private AnswerKey(string text) => _text = text;

    /// <summary>Whether a final answer was found; without one, it agrees with nothing.</summary>
    public bool Exists => _number is not null || _text is not null;

    /// <summary>The key of an answer: where the query offers options, the letter of the one that is named by letter, text or number; otherwise the marked final answer, or the last number.</summary>
    /// <param name="query">The text that was asked.</param>
    /// <param name="answer">The text that came back.</param>
    public static AnswerKey Of(string query, string answer)
    {
        query = AnswerText.Bound(query);
        answer = AnswerText.Bound(answer);
        var options = QueryOptions.Find(query);
        var marked = FinalAnswer.FindMarked(answer)?.Text;
        if (options.Count > 0 && LetterOf(query, options, marked, answer) is { } letter)
            return new AnswerKey(letter.ToString());
        if (marked is not null)
            return AnswerComparison.Number(marked) is { } number ? new AnswerKey(number) : OfText(marked);
        return options.Count == 0 && LastNumber.Find(answer) is { } last ? new AnswerKey(last) : default;
    }

    /// <summary>Whether both say the same; false where either says nothing.</summary>
    public bool Agrees(AnswerKey other) => Exists && Equals(other);

    private static AnswerKey OfText(string marked)
    {
        var text = AnswerComparison.Normal(marked);
        return text.Length > MaxText ? default : new AnswerKey(text);
    }

    private static char? LetterOf(string query, List<Range> options, string? marked, string answer)
    {
        var letter = marked is null ? AnswerComparison.LoneLetter(answer) : AnswerComparison.MarkedLetterOf(marked);
        if (letter is not null && letter - 'A' < options.Count)
            return letter;
        if (marked is null)
            return null;
        var number = AnswerComparison.Number(marked);
        var text = AnswerComparison.Normal(marked);
        var matches = Enumerable.Range(0, options.Count).Where(index => Says(query[options[index]], number, text)).Take(2).ToList();
        return matches is [var only] ? (char)('A' + only) : null;
    }

    private static bool Says(string option, ExactNumber? number, string text) =>
        number is not null ? AnswerComparison.Number(option) == number : string.Equals(AnswerComparison.Normal(option), text, StringComparison.OrdinalIgnoreCase);
}
