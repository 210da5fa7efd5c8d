namespace Orchestra.Core.Learning.Outcomes;

/// <summary>Grades a text against a row of an outcome table.</summary>
public static class OutcomeGrader
{
    /// <summary>
    /// The score of a text, 0 to 1. A recorded response keeps its recorded score; any other text is right where its final answer equals the row's answer or,
    /// where the row has none, that of a response which scored 1. Null where the row offers nothing to compare with.
    /// </summary>
    public static double? Grade(OutcomeRow row, string text)
    {
        var trimmed = text.AsSpan().Trim();
        foreach (var outcome in row.Outcomes.Values)
        {
            if (outcome.Response is not null && outcome.Response.AsSpan().Trim().SequenceEqual(trimmed))
                return outcome.Score;
        }

        return GradeByAnswer(row, text);
    }

    /// <summary>The score of a text by its final answer alone; null where the row offers nothing to compare with.</summary>
    internal static double? GradeByAnswer(OutcomeRow row, string text)
    {
        if (row.Answer is not null)
            return Agrees(text, row.Answer) ? 1 : 0;
        var correct = row.Outcomes.Values.Where(outcome => outcome is { Score: 1, Response: not null }).Select(outcome => outcome.Response!).ToList();
        var marked = correct.Select(FinalAnswer.FindMarked).OfType<FinalAnswer>().ToList();
        if (marked.Count > 0)
            return marked.Exists(reference => Agrees(text, reference.Text)) ? 1 : 0;
        // A response that marks no answer still ends in the number that was asked for.
        var numbers = correct.Select(LastNumber.Find).OfType<ExactNumber>().ToList();
        if (numbers.Count == 0)
            return null;
        return NumberOf(text) is { } number && numbers.Contains(number) ? 1 : 0;
    }

    private static bool Agrees(string text, string reference)
    {
        var marked = FinalAnswer.FindMarked(text);
        if (marked is null && AnswerComparison.IsLetter(reference))
            return AnswerComparison.LoneLetter(text) == char.ToUpperInvariant(reference[0]);
        if (AnswerComparison.Agree(marked?.Text ?? text, reference))
            return true;
        return AnswerComparison.Number(reference) is { } expected && NumberOf(text) is { } number && number == expected;
    }

    /// <summary>The number of the marked answer; the text's last number where it marks none, or marks one that holds no digit.</summary>
    private static ExactNumber? NumberOf(string text) =>
        FinalAnswer.FindMarked(text) is { } marked && marked.Text.AsSpan().ContainsAnyInRange('0', '9')
            ? AnswerComparison.Number(marked.Text)
            : LastNumber.Find(FinalAnswer.Tail(text));
}
