namespace Orchestra.Core.Learning.Embeddings;

/// <summary>The features of a text: its words in lower case, neighbouring pairs of them, and the trigrams of characters in each with its edges.</summary>
internal static class WordFeatures
{
    // Chosen by how well neighbours on MMLU-Pro and ZeroEval foretell scores.
    private const float Word = 1;
    private const float Pair = 0.25f;
    private const float Trigram = 1;

    /// <summary>What is left of a weight for each function word in it.</summary>
    private const float FunctionWordShare = 0.1f;

    private const char Edge = '\u0001';

    // Features of different kinds must not be taken for each other.
    private const ulong TrigramKind = 0x5bd1e9955bd1e995;

    private static readonly char[] Folded = [.. Enumerable.Range(0, 128).Select(code => FoldAny((char)code))];

    /// <summary>Adds all features of the text.</summary>
    public static void Add(ReadOnlySpan<char> text, FeatureSum sum)
    {
        var previous = 0ul;
        var previousShare = 0f;
        for (var start = 0; start < text.Length; start++)
        {
            var hash = TextHash.Seed;
            var end = start;
            for (; end < text.Length && Fold(text[end]) is var folded and not '\0'; end++)
                hash = TextHash.Append(hash, folded);
            if (end == start)
                continue;
            var isFunctionWord = FunctionWords.Contains(hash);
            var share = isFunctionWord ? FunctionWordShare : 1;
            sum.Add(hash, Word * share);
            if (previousShare > 0)
                sum.Add(hash + (previous * 31), Pair * share * previousShare);
            if (!isFunctionWord)
                AddTrigrams(text[start..end], sum);
            (previous, previousShare, start) = (hash, share, end);
        }
    }

    private static void AddTrigrams(ReadOnlySpan<char> word, FeatureSum sum)
    {
        // Three characters of 16 bits each, the oldest one falling out at the top.
        var window = (ulong)Edge;
        foreach (var character in word)
        {
            window = ((window << 16) | Fold(character)) & 0xffff_ffff_ffff;
            if (window > uint.MaxValue)
                sum.Add(window ^ TrigramKind, Trigram);
        }

        sum.Add((((window << 16) | Edge) & 0xffff_ffff_ffff) ^ TrigramKind, Trigram);
    }

    /// <summary>The character in lower case, every digit as 0, since texts that differ in their numbers alone are alike; zero where it belongs to no word.</summary>
    private static char Fold(char character) => character < Folded.Length ? Folded[character] : FoldAny(character);

    private static char FoldAny(char character)
    {
        if (char.IsDigit(character))
            return '0';
        return char.IsLetter(character) ? char.ToLowerInvariant(character) : '\0';
    }
}
