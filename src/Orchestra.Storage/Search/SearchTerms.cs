using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Orchestra.Storage.Search;

/// <summary>
/// The content words of a query. A term holds letters, digits and the marks on them and nothing else, and is quoted besides, so that no syntax of the
/// index's query language ever comes from outside.
/// </summary>
internal sealed class SearchTerms
{
    /// <summary>Words that are looked for at most; a query's first ones say what it is about.</summary>
    public const int MaxTerms = 32;

    private const int MaxTermLength = 64;

    private SearchTerms(IReadOnlyList<string> words) => Words = words;

    /// <summary>The words, in lower case, each once, in the query's order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The expression that matches any of the words.</summary>
    public string Expression => string.Join(" OR ", Words.Select(word => $"\"{word}\""));

    /// <summary>A JSON array with one expression for each word, which matches it in text and headings.</summary>
    public string WordExpressions => JsonSerializer.Serialize(Words.Select(word => $"{{heading text}} : \"{word}\""));

    /// <summary>Reads the words from the beginning of a query.</summary>
    public static SearchTerms Read(string query, int maxLength)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in query.AsSpan(0, Math.Min(query.Length, maxLength)).EnumerateRunes())
        {
            if (IsPartOfWord(rune))
                word.Append(word.Length < MaxTermLength ? Rune.ToLowerInvariant(rune).ToString() : string.Empty);
            else
                Add(words, word);
            if (words.Count == MaxTerms)
                return new SearchTerms(words);
        }

        Add(words, word);
        return new SearchTerms(words);
    }

    private static bool IsPartOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static void Add(List<string> words, StringBuilder word)
    {
        var text = word.ToString();
        word.Clear();
        if (text.Length > 0 && !StopWords.Contains(text) && !words.Contains(text))
            words.Add(text);
    }
}
