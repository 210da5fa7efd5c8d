using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Learning.Features;

/// <summary>An answer and its query, no longer than what is looked at, with what several features need.</summary>
internal sealed class AnswerText
{
    /// <summary>Characters of a text that are looked at: its beginning and its end, half each.</summary>
    public const int MaxLength = 16_000;

    /// <summary>Characters at most of a part that is looked for in a text; a longer one is found nowhere, which bounds the work.</summary>
    public const int MaxPart = 200;

    /// <summary>Prepares the texts.</summary>
    public AnswerText(string query, string answer)
    {
        Query = Bound(query);
        Answer = Bound(answer);
        Final = FinalAnswer.FindMarked(Answer);
        QueryNumbers = NumberScan.Find(Query);
        Numbers = NumberScan.Find(Answer);
        Options = QueryOptions.Find(Query);
        Letter = Options.Count == 0 ? null : Final is { } final ? AnswerComparison.MarkedLetterOf(final.Text) : AnswerComparison.LoneLetter(Answer);
        FinalNumber = FindFinalNumber();
        while (BodyCount < Numbers.Count && Numbers[BodyCount].End <= BodyEnd)
            BodyCount++;
    }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary>The answer.</summary>
    public string Answer { get; }

    /// <summary>The final answer where one is marked.</summary>
    public FinalAnswer? Final { get; }

    /// <summary>The letter that is chosen, in upper case; null where none is, or the query offers no options.</summary>
    public char? Letter { get; }

    /// <summary>The final answer's number, or the last one of an answer that marks none; null where it is no number.</summary>
    public NumberMention? FinalNumber { get; }

    /// <summary>Numbers of the query.</summary>
    public List<NumberMention> QueryNumbers { get; }

    /// <summary>Numbers of the answer.</summary>
    public List<NumberMention> Numbers { get; }

    /// <summary>Where the reasoning ends and the marked final answer begins.</summary>
    public int BodyEnd => Final?.Position ?? Answer.Length;

    /// <summary>How many of the numbers stand in the reasoning.</summary>
    public int BodyCount { get; }

    /// <summary>The query's options.</summary>
    public List<Range> Options { get; }

    /// <summary>The options' index of the letter that is chosen; -1 where it is no option.</summary>
    public int Chosen => Letter is { } letter && letter - 'A' < Options.Count ? letter - 'A' : -1;

    /// <summary>The beginning and the end of a text that is too long; any other as it is.</summary>
    public static string Bound(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength / 2), "\n", text.AsSpan(text.Length - (MaxLength / 2)));

    private NumberMention? FindFinalNumber()
    {
        if (Final is null)
            return Numbers.Count > 0 ? Numbers[^1] : null;
        if (AnswerComparison.Number(Final.Value.Text) is not { } number)
            return null;
        var value = (double)number.Numerator / (double)number.Denominator;
        if (!double.IsFinite(value))
            return null;
        var mention = Numbers.FindLast(each => each.Start >= BodyEnd && NumberMention.IsSame(each.Value, value));
        return mention.End > 0 ? mention : new NumberMention(value, BodyEnd, BodyEnd, 0, IsResult: false);
    }
}
