using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orchestra.Core.Learning.Outcomes;

/// <summary>The final answer of a text, found where its style marks one.</summary>
/// <param name="Text">The answer without the words around it.</param>
/// <param name="Position">Where its mark stands in the text.</param>
internal readonly partial record struct FinalAnswer(string Text, int Position)
{
    /// <summary>Characters of a text that are looked at, from its end: a final answer stands there.</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>Marks of one line at most: each is followed by a search of the rest of the line.</summary>
    private const int MaxMarks = 16;

    private const string Box = @"\boxed{";

    // Non-backtracking: the texts come from models, and none may make the matching slow.
    [GeneratedRegex(@"####[ \t]*(?<answer>[^\r\n]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Hashes();

    [GeneratedRegex(@"\banswer[*_]{0,2}[ \t]*(is|:)[*_]{0,2}[ \t]*:?[ \t]*(?<answer>[^\r\n]+)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Sentence();

    [GeneratedRegex("""\\?"answer\\?"\s*:\s*(?<answer>"(\\[^\r\n]|[^"\\])*"|[^",}\r\n\[{]+|[\[{][^\r\n]*)""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonField();

    /// <summary>The last marked final answer: <c>#### 540</c>, <c>The answer is (B)</c>, <c>\boxed{…}</c> or a JSON field <c>answer</c>; null where none is marked.</summary>
    public static FinalAnswer? FindMarked(string text)
    {
        text = Tail(text);
        FinalAnswer? last = null;
        foreach (var found in (ReadOnlySpan<FinalAnswer?>)[LastOf(Hashes(), "####", text), LastOf(Sentence(), "answer", text), LastOf(JsonField(), "\"answer", text), LastBox(text)])
        {
            if (found is { } answer && (last is null || answer.Position > last.Value.Position))
                last = answer;
        }

        return last;
    }

    /// <summary>The end of a text, no longer than <see cref="MaxLength"/>.</summary>
    public static string Tail(string text) => text.Length <= MaxLength ? text : text[^MaxLength..];

    /// <param name="regex">The style.</param>
    /// <param name="mark">What no match is without: looking for it first is much faster than the pattern on a text that has none.</param>
    /// <param name="text">The text.</param>
    private static FinalAnswer? LastOf(Regex regex, string mark, string text)
    {
        if (!text.Contains(mark, StringComparison.OrdinalIgnoreCase))
            return null;
        FinalAnswer? last = null;
        foreach (Match match in regex.Matches(text))
        {
            var answer = match.Groups["answer"].Value.Trim();
            if (answer.Length > 0)
                last = new FinalAnswer(Innermost(answer), match.Index);
        }

        return last;
    }

    /// <summary>The text of a JSON value, and what follows the last of several marks, as in <c>Answer: the answer is (B)</c>.</summary>
    private static string Innermost(string answer)
    {
        if (answer[0] is '"' or '[' or '{')
            return FromJson(answer);
        var match = Sentence().Match(answer);
        for (var marks = 0; match.Success && marks < MaxMarks; marks++)
        {
            answer = match.Groups["answer"].Value.Trim();
            match = Sentence().Match(answer);
        }

        return answer;
    }

    private static string FromJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: true, default);
            using var value = JsonDocument.ParseValue(ref reader);
            return value.RootElement.ToString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Models write LaTeX into JSON without doubling the backslashes.
            return text.Trim('"');
        }
    }

    private static FinalAnswer? LastBox(string text)
    {
        var start = text.LastIndexOf(Box, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var depth = 1;
        for (var i = start + Box.Length; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return new FinalAnswer(text[(start + Box.Length)..i].Trim(), start);
        }

        return null;
    }
}
