using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Learning.Features;

/// <summary>What kind of final answer there is, and how the reasoning leads to it.</summary>
internal static class AnswerEnding
{
    /// <summary>The features' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "is_marked", "is_letter", "is_number", "is_text", "log_final_length", "is_decimal", "is_negative", "log_magnitude", "is_round", "is_zero_or_one",
        "number_in_query", "number_in_body", "number_repeated", "is_last_number", "is_last_result", "is_any_result", "whole_expected", "text_in_body", "text_in_query",
    ];

    /// <summary>Writes the features.</summary>
    public static void Read(AnswerText text, Span<float> into)
    {
        into[0] = text.Final is null ? 0 : 1;
        into[1] = text.Letter is null ? 0 : 1;
        if (text.Letter is null)
            ReadFinal(text, into);
    }

    private static void ReadFinal(AnswerText text, Span<float> into)
    {
        if (text.FinalNumber is { } number)
        {
            into[2] = 1;
            ReadNumber(text, number, into);
        }
        else if (text.Final is { } final)
        {
            into[3] = 1;
            var plain = AnswerComparison.Plain(final.Text);
            into[4] = Math.Clamp(MathF.Log2(plain.Length + 1) - 3, -3, 6) / 2;
            into[17] = Contains(text.Answer.AsSpan(0, text.BodyEnd), plain) ? 1 : -1;
            into[18] = Contains(text.Query, plain) ? 1 : -1;
        }
    }

    private static void ReadNumber(AnswerText text, NumberMention number, Span<float> into)
    {
        var size = Math.Abs(number.Value);
        var isWhole = number.Value == Math.Truncate(number.Value);
        into[5] = isWhole ? 0 : 1;
        into[6] = number.Value < 0 ? 1 : 0;
        into[7] = (float)Math.Clamp((Math.Log10(size + 0.01) - 1) / 2, -2, 3);
        into[8] = isWhole && size >= 10 && size % 10 == 0 ? 1 : isWhole && size % 5 == 0 ? 0.5f : 0;
        into[9] = size is 0 or 1 ? 1 : 0;
        into[10] = text.QueryNumbers.Exists(each => NumberMention.IsSame(each.Value, number.Value)) ? 1 : 0;
        var body = text.Numbers.GetRange(0, text.Final is null ? text.Numbers.Count - 1 : text.BodyCount);
        var count = body.Count(each => NumberMention.IsSame(each.Value, number.Value));
        into[11] = count > 0 ? 1 : -1;
        into[12] = MathF.Min(2, MathF.Log2(1 + count) / 2);
        into[13] = body.Count == 0 ? 0 : NumberMention.IsSame(body[^1].Value, number.Value) ? 1 : -1;
        var last = body.FindLastIndex(each => each.IsResult);
        into[14] = last < 0 ? 0 : NumberMention.IsSame(body[last].Value, number.Value) ? 1 : -1;
        into[15] = last < 0 ? 0 : body.Exists(each => each.IsResult && NumberMention.IsSame(each.Value, number.Value)) ? 1 : -1;
        into[16] = text.Query.Contains("how many", StringComparison.OrdinalIgnoreCase) ? isWhole ? 1 : -1 : 0;
    }

    private static bool Contains(ReadOnlySpan<char> text, string part) => part.Length is > 0 and <= AnswerText.MaxPart && text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
