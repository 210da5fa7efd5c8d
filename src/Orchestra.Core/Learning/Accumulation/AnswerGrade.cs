using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Learning.Accumulation;

/// <summary>Compares answers of experts with what is known to be right. Where the comparison cannot tell, there is no grade: nothing is wrong for want of a form.</summary>
internal static class AnswerGrade
{
    /// <summary>1 or 0 for a text beside the correct answer; null where the text names no final answer that could differ from it.</summary>
    public static double? Against(string correctAnswer, string text)
    {
        var row = new OutcomeRow(string.Empty, string.Empty, string.Empty, new Dictionary<string, Outcome>()) { Answer = correctAnswer };
        var grade = OutcomeGrader.Grade(row, text);
        return grade is > 0 || NamesAnswer(text, correctAnswer) ? grade : null;
    }

    /// <summary>1 or 0 for a text beside one that is right; null unless both mark a final answer.</summary>
    public static double? Beside(string rightText, string text) =>
        FinalAnswer.FindMarked(rightText) is { } right && FinalAnswer.FindMarked(text) is { } given
            ? AnswerComparison.Agree(given.Text, right.Text) ? 1 : 0
            : null;

    /// <summary>Whether the text ends in an answer of the reference's kind. Prose that holds the right word is not wrong.</summary>
    private static bool NamesAnswer(string text, string reference)
    {
        if (FinalAnswer.FindMarked(text) is not null)
            return true;
        if (AnswerComparison.IsLetter(reference))
            return AnswerComparison.LoneLetter(text) is not null;
        return AnswerComparison.Number(reference) is not null && LastNumber.Find(FinalAnswer.Tail(text)) is not null;
    }
}
