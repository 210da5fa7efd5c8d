using System.Buffers;

namespace Orchestra.Core.Learning.Features;

/// <summary>What an answer's words say about itself: doubt, corrections, approximations, refusals.</summary>
internal static class AnswerWording
{
    private const int MostMatches = 256;

    private static readonly (string Name, string[] Phrases)[] Groups =
    [
        ("hedges",
        [
            "maybe", "perhaps", "probably", "likely", "possibly", "might ", "could be", "seems", "appears to", "i think", "i believe", "guess", "not sure", "uncertain",
            "assume", "assuming", "assumption", "suppose",
        ]),
        ("approximates", ["approximat", "≈", "roughly", "about ", "\\approx", "rounded", "rounding", "estimate", "closest", "nearest", "close to"]),
        ("fits_no_option", ["none of the", "not among", "not listed", "in the options", "no option", "not an option", "not one of", "options provided", "given options", "given choices", "not match"]),
        ("undetermined",
        [
            "cannot be determined", "can't be determined", "cannot determine", "not enough information", "insufficient", "more information", "not provided", "unable to", "is missing",
            "not specified", "unclear", "without knowing", "sorry", "i cannot", "i can't", "as an ai", "language model",
        ]),
        ("corrects",
        [
            "wait", "actually", "let me re", "let's re", "re-examine", "recalculate", "recheck", "mistake", "an error", "error in", "correction", "incorrect", "however", "reconsider",
            "apolog", "try again",
        ]),
        ("concludes", ["therefore", "thus", "hence", "so the", "in conclusion", "finally"]),
        ("checks", ["verify", "check", "indeed", "satisf"]),
        ("weighs_options", ["option", "choice"]),
        ("distinguishes_cases", ["case ", "cases", "either", "if ", "otherwise"]),
        ("recalls_formula", ["formula", "equation", "law of", "theorem", "definition", "defined as"]),
        ("gives_reasons", ["because", "since ", "due to", "means that", "this means"]),
    ];

    private static readonly (string Text, int Group)[] Phrases = [.. Groups.SelectMany((group, index) => group.Phrases.Select(phrase => (phrase, index)))];

    private static readonly SearchValues<string> Search = SearchValues.Create([.. Phrases.Select(phrase => phrase.Text)], StringComparison.OrdinalIgnoreCase);

    /// <summary>The features' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Groups.Select(group => group.Name)];

    /// <summary>Writes the features: how many such phrases there are, on a scale that flattens.</summary>
    public static void Read(AnswerText text, Span<float> into)
    {
        Span<int> counts = stackalloc int[Groups.Length];
        counts.Clear();
        ReadOnlySpan<char> rest = text.Answer;
        for (var matches = 0; matches < MostMatches && rest.IndexOfAny(Search) is var at and >= 0; matches++)
        {
            var (phrase, group) = PhraseAt(rest[at..]);
            counts[group]++;
            rest = rest[(at + phrase.Length)..];
        }

        for (var i = 0; i < counts.Length; i++)
            into[i] = FeatureScale.Few(counts[i]);
    }

    private static (string Text, int Group) PhraseAt(ReadOnlySpan<char> text)
    {
        foreach (var phrase in Phrases)
        {
            if (text.StartsWith(phrase.Text, StringComparison.OrdinalIgnoreCase))
                return phrase;
        }

        throw new InvalidOperationException("The search found a phrase that is none.");
    }
}
