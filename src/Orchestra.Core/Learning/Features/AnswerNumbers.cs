namespace Orchestra.Core.Learning.Features;

/// <summary>Where an answer's numbers come from: the query, a calculation, or nowhere.</summary>
internal static class AnswerNumbers
{
    /// <summary>The features' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "log_numbers", "log_results", "query_numbers_used", "query_numbers_unused", "unexplained_share", "log_unexplained", "decimal_share", "longest_decimal", "negative_share",
        "log_largest", "distinct_share", "results_used", "results_unused", "results_repeated", "log_steps_per_query_number", "last_result_in_query", "largest_to_query",
    ];

    private const int Most = 96;

    /// <summary>Writes the features.</summary>
    public static void Read(AnswerText text, Span<float> into)
    {
        var numbers = text.Numbers;
        var query = Distinct(text.QueryNumbers, QueryCount(text));
        var answer = Distinct(numbers, numbers.Count);
        if (query.Count > 0)
        {
            var used = query.Count(value => answer.Exists(other => IsUse(value, other)));
            into[2] = (float)used / query.Count * 2 - 1;
            into[3] = FeatureScale.Few(query.Count - used);
        }

        if (numbers.Count == 0)
            return;
        var results = numbers.Count(number => number.IsResult);
        into[0] = FeatureScale.Around(numbers.Count, 3);
        into[1] = FeatureScale.Around(results, 1);
        var unexplained = Unexplained(numbers, query);
        into[4] = MathF.Min(1, (float)unexplained / answer.Count);
        into[5] = FeatureScale.Few(unexplained);
        into[6] = (float)numbers.Count(number => number.Decimals > 0) / numbers.Count;
        into[7] = MathF.Min(3, numbers.Max(number => number.Decimals) / 2f);
        into[8] = (float)numbers.Count(number => number.Value < 0) / numbers.Count * 2;
        var largest = numbers.Max(number => Math.Abs(number.Value));
        into[9] = (float)Math.Clamp((Math.Log10(largest + 1) - 2) / 2, -2, 3);
        into[10] = (float)answer.Count / numbers.Count * 2 - 1;
        ReadResults(numbers, into);
        into[14] = Math.Clamp(MathF.Log2((results + 1f) / (query.Count + 1f)), -3, 3);
        var last = numbers.FindLastIndex(number => number.IsResult);
        into[15] = last >= 0 && query.Exists(value => NumberMention.IsSame(value, numbers[last].Value)) ? 1 : 0;
        into[16] = query.Count == 0 ? 0 : (float)Math.Clamp(Math.Log10((largest + 1) / (query.Max(Math.Abs) + 1)), -3, 3);
    }

    /// <summary>What becomes of the results of calculations: a later number takes them up, or nothing does.</summary>
    private static void ReadResults(List<NumberMention> numbers, Span<float> into)
    {
        var (results, used, again) = (0, 0, 0);
        for (var i = 0; i < Math.Min(numbers.Count, Most); i++)
        {
            if (!numbers[i].IsResult)
                continue;
            results++;
            var value = numbers[i].Value;
            var later = numbers.FindIndex(i + 1, number => NumberMention.IsSame(number.Value, value));
            used += later >= 0 ? 1 : 0;
            again += later >= 0 && numbers[later].IsResult ? 1 : 0;
        }

        if (results == 0)
            return;
        into[11] = (float)used / results * 2 - 1;
        into[12] = FeatureScale.Few(results - used);
        into[13] = (float)again / results;
    }

    private static int Unexplained(List<NumberMention> numbers, List<double> query)
    {
        var known = new List<double>(query);
        var count = 0;
        foreach (var number in numbers)
        {
            if (known.Exists(value => IsUse(value, number.Value)) || Math.Abs(number.Value) is 0 or 1 or 2 or 100)
                continue;
            if (known.Count < Most)
                known.Add(number.Value);
            count += number.IsResult ? 0 : 1;
        }

        return count;
    }

    /// <summary>Whether a number is another one, or the same as a percentage or its complement.</summary>
    private static bool IsUse(double value, double other) =>
        NumberMention.IsSame(value, Math.Abs(other)) || NumberMention.IsSame(value, other * 100) || NumberMention.IsSame(value * 100, other) || NumberMention.IsSame(1 + (value / 100), other);

    /// <summary>The query's numbers that are not part of its options.</summary>
    private static int QueryCount(AnswerText text)
    {
        if (text.Options.Count == 0)
            return text.QueryNumbers.Count;
        var end = text.Options[0].Start.Value;
        var count = 0;
        while (count < text.QueryNumbers.Count && text.QueryNumbers[count].End < end)
            count++;
        return count;
    }

    private static List<double> Distinct(List<NumberMention> numbers, int count)
    {
        var values = new List<double>();
        for (var i = 0; i < count && values.Count < Most; i++)
        {
            if (!values.Contains(numbers[i].Value))
                values.Add(numbers[i].Value);
        }

        return values;
    }
}
