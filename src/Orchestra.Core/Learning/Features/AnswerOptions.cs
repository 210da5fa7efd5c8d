namespace Orchestra.Core.Learning.Features;

/// <summary>How the chosen option goes with the reasoning and with the other options.</summary>
internal static class AnswerOptions
{
    /// <summary>The features' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "chooses_option", "chooses_none", "letter_position", "option_stated", "others_stated", "overlap_lead", "overlap_chosen", "number_matches", "number_matches_none", "number_exact",
        "is_extreme", "relative_length", "numeric_options",
    ];

    /// <summary>Writes the features.</summary>
    public static void Read(AnswerText text, Span<float> into)
    {
        if (text.Options.Count == 0)
            return;
        var chosen = text.Chosen;
        into[0] = chosen >= 0 ? 1 : 0;
        into[1] = chosen < 0 ? 1 : 0;
        if (chosen < 0)
            return;
        into[2] = text.Options.Count < 2 ? 0 : (float)chosen / (text.Options.Count - 1) * 2 - 1;
        ReadTexts(text, chosen, into);
        ReadNumbers(text, chosen, into);
    }

    private static void ReadTexts(AnswerText text, int chosen, Span<float> into)
    {
        var body = text.Answer.AsSpan(0, text.BodyEnd);
        Span<ulong> words = stackalloc ulong[64];
        foreach (var word in new WordEnumerator(body))
            words[(int)(word.Hash % 4096 / 64)] |= 1UL << (int)(word.Hash % 64);
        var (stated, own, best, length, total) = (0, 0f, 0f, 0, 0);
        for (var i = 0; i < text.Options.Count; i++)
        {
            var option = text.Query.AsSpan()[text.Options[i]].TrimEnd('.');
            total += option.Length;
            var overlap = Overlap(option, words);
            // Comparing words first spares most of the searching.
            var isStated = overlap == 1 && option.Length is > 1 and <= AnswerText.MaxPart && body.Contains(option, StringComparison.OrdinalIgnoreCase);
            if (i == chosen)
            {
                into[3] = isStated ? 1 : -1;
                own = overlap;
                length = option.Length;
            }
            else
            {
                stated += isStated ? 1 : 0;
                best = MathF.Max(best, overlap);
            }
        }

        into[4] = FeatureScale.Few(stated);
        into[5] = own - best;
        into[6] = own;
        into[11] = Math.Clamp(MathF.Log2((length + 2) / ((float)total / text.Options.Count + 2)), -3, 3);
    }

    private static float Overlap(ReadOnlySpan<char> option, ReadOnlySpan<ulong> words)
    {
        var (count, found) = (0, 0);
        foreach (var word in new WordEnumerator(option))
        {
            count++;
            found += (words[(int)(word.Hash % 4096 / 64)] & (1UL << (int)(word.Hash % 64))) != 0 ? 1 : 0;
        }

        return count == 0 ? 0 : (float)found / count;
    }

    private static void ReadNumbers(AnswerText text, int chosen, Span<float> into)
    {
        Span<double> values = stackalloc double[text.Options.Count];
        var numeric = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ValueOf(text, text.Options[i]);
            numeric += double.IsNaN(values[i]) ? 0 : 1;
        }

        into[12] = (float)numeric / values.Length;
        if (double.IsNaN(values[chosen]) || numeric < 2)
            return;
        var (smaller, larger) = (0, 0);
        foreach (var value in values)
        {
            smaller += value < values[chosen] ? 1 : 0;
            larger += value > values[chosen] ? 1 : 0;
        }

        into[10] = smaller == 0 || larger == 0 ? 1 : -0.5f;
        if (text.BodyCount == 0)
            return;
        var last = text.Numbers[text.BodyCount - 1].Value;
        var isChosen = NumberMention.IsClose(values[chosen], last);
        into[9] = NumberMention.IsSame(values[chosen], last) ? 1 : 0;
        into[7] = isChosen ? 1 : -1;
        var matchesOther = false;
        for (var i = 0; i < values.Length; i++)
            matchesOther |= i != chosen && NumberMention.IsClose(values[i], last);
        into[8] = !isChosen && !matchesOther ? 1 : 0;
    }

    /// <summary>The first number of an option; not a number where it has none.</summary>
    private static double ValueOf(AnswerText text, Range option)
    {
        foreach (var number in text.QueryNumbers)
        {
            if (number.Start >= option.Start.Value && number.End <= option.End.Value)
                return number.Value;
        }

        return double.NaN;
    }
}
