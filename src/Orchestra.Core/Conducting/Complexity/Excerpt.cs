namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Bounds a text to its beginning and its end, where instructions stand.</summary>
internal static class Excerpt
{
    /// <summary>What stands where the middle was left out.</summary>
    public const string Gap = "\n[…]\n";

    /// <summary>The text itself where it is short enough, otherwise its first and last characters with <see cref="Gap"/> between.</summary>
    public static string Of(string text, int head, int tail) =>
        text.Length <= head + tail ? text : string.Concat(Head(text, head), Gap, Tail(text, tail));

    /// <summary>At most this many characters from the beginning, never half of a surrogate pair.</summary>
    public static ReadOnlySpan<char> Head(string text, int most)
    {
        if (text.Length <= most)
            return text;
        return text.AsSpan(0, most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most);
    }

    private static ReadOnlySpan<char> Tail(string text, int most)
    {
        var start = text.Length - most;
        return text.AsSpan(start < text.Length && char.IsLowSurrogate(text[start]) ? start + 1 : start);
    }
}
