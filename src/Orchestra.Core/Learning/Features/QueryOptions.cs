namespace Orchestra.Core.Learning.Features;

/// <summary>The options of a query that asks to choose by letter, such as <c>A. Paris B. Rome</c> or one a line.</summary>
internal static class QueryOptions
{
    /// <summary>Options at most.</summary>
    public const int Most = 12;

    private const int MaxTries = 16;

    /// <summary>The texts of the options in order of their letters; empty where the query offers none.</summary>
    public static List<Range> Find(ReadOnlySpan<char> query)
    {
        List<Range> best = [];
        var tries = 0;
        for (var at = NextMarker(query, 0, 'A'); at >= 0 && tries < MaxTries; at = NextMarker(query, at + 1, 'A'), tries++)
        {
            var options = ReadFrom(query, at);
            // Of equally many the later ones: a query shows its own options behind its examples.
            if (options.Count > 1 && options.Count >= best.Count)
                best = options;
        }

        return best;
    }

    private static List<Range> ReadFrom(ReadOnlySpan<char> query, int first)
    {
        var options = new List<Range>();
        for (var (start, letter) = (first, 'A'); options.Count < Most; letter++)
        {
            var next = NextMarker(query, start + 1, (char)(letter + 1));
            var end = next >= 0 ? next : EndOfLast(query, start);
            var text = query[(start + 2)..end].TrimStart();
            var from = end - text.Length;
            options.Add(new Range(from, from + text.TrimEnd(" \t\r\n(").Length));
            if (next < 0)
                break;
            start = next;
        }

        return options;
    }

    private static int EndOfLast(ReadOnlySpan<char> query, int start)
    {
        var line = query[start..].IndexOf('\n');
        return line < 0 ? query.Length : Math.Max(start + 2, start + line);
    }

    private static int NextMarker(ReadOnlySpan<char> query, int from, char letter)
    {
        for (var at = from; at < query.Length - 1; at++)
        {
            var offset = query[at..^1].IndexOf(letter);
            if (offset < 0)
                return -1;
            at += offset;
            if (query[at + 1] is '.' or ')' or ':' && (at == 0 || char.IsWhiteSpace(query[at - 1]) || query[at - 1] == '(') && (at + 2 == query.Length || char.IsWhiteSpace(query[at + 2])))
                return at;
        }

        return -1;
    }
}
