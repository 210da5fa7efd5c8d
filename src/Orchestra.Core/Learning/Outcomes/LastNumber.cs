namespace Orchestra.Core.Learning.Outcomes;

/// <summary>Finds the last number of a text that marks no final answer.</summary>
internal static class LastNumber
{
    /// <summary>The last number; null where the text has none.</summary>
    public static ExactNumber? Find(string text)
    {
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end == 0)
            return null;
        var start = end;
        while (start > 0 && end - start < ExactNumber.MaxLength && (char.IsAsciiDigit(text[start - 1]) || IsInside(text, start - 1)))
            start--;
        // Where the whole is no number, as in "1.2.3" or "1,2", the last part that is one counts.
        for (; start < end; start++)
        {
            if (ExactNumber.TryParse(text.AsSpan(start, end - start), out var number))
                return IsNegated(text, start) ? number with { Numerator = -number.Numerator } : number;
        }

        return null;
    }

    /// <summary>Whether a separator stands between two digits, or a point before one.</summary>
    private static bool IsInside(string text, int at) =>
        text[at] == '.' || (text[at] is (',' or '/') && at > 0 && char.IsAsciiDigit(text[at - 1]));

    /// <summary>Whether a minus before the number is its sign and not a subtraction or a hyphen.</summary>
    private static bool IsNegated(string text, int start)
    {
        if (start > 0 && text[start - 1] is ('$' or '€' or '£'))
            start--;
        return start > 0 && text[start - 1] is ('-' or '\u2212') && (start == 1 || (!char.IsLetterOrDigit(text[start - 2]) && text[start - 2] is not ')'));
    }
}
