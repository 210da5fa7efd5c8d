namespace Orchestra.Storage.Search;

/// <summary>Finds the headings of a Markdown document; those in code and in the front matter are none.</summary>
internal static class MarkdownSections
{
    private const int MaxFrontMatter = 200;

    public static IReadOnlyList<Section> Read(string[] lines)
    {
        var sections = new SectionList();
        var fence = string.Empty;
        for (var i = FrontMatterEnd(lines); i < lines.Length; i++)
        {
            if (IsFence(lines[i], ref fence) || fence.Length > 0)
                continue;
            if (Marked(lines[i], out var title) is var level and > 0)
                sections.Begin(level, title, i, i + 1);
            else if (Underlined(lines, i) is var underlined and > 0)
                sections.Begin(underlined, lines[i].Trim(), i, ++i + 1);
        }

        return sections.Finish(lines.Length);
    }

    private static int FrontMatterEnd(string[] lines)
    {
        if (lines[0].TrimEnd() != "---")
            return 0;
        var end = Array.FindIndex(lines, 1, Math.Min(MaxFrontMatter, lines.Length - 1), line => line.TrimEnd() is "---" or "...");
        return end < 0 ? 0 : end + 1;
    }

    /// <summary>Whether the line opens or closes a block of code; a block ends with at least as many of the same signs as it began with.</summary>
    private static bool IsFence(string line, ref string fence)
    {
        var text = line.TrimStart(' ');
        if (line.Length - text.Length > 3 || text.Length < 3 || text[0] is not ('`' or '~'))
            return false;
        var signs = text.Length - text.TrimStart(text[0]).Length;
        if (signs < 3)
            return false;
        if (fence.Length == 0)
            fence = text[..signs];
        else if (text[0] == fence[0] && signs >= fence.Length && text[signs..].Trim().Length == 0)
            fence = string.Empty;
        return true;
    }

    private static int Marked(string line, out string title)
    {
        title = string.Empty;
        var text = line.TrimStart(' ');
        var level = text.Length - text.TrimStart('#').Length;
        if (line.Length - text.Length > 3 || level is 0 or > 6 || (text.Length > level && !char.IsWhiteSpace(text[level])))
            return 0;
        title = text[level..].Trim().TrimEnd('#').TrimEnd();
        return title.Length == 0 ? 0 : level;
    }

    private static int Underlined(string[] lines, int i)
    {
        if (i + 1 >= lines.Length || (i > 0 && lines[i - 1].Trim().Length > 0))
            return 0;
        var text = lines[i].Trim();
        var under = lines[i + 1].Trim();
        if (text.Length == 0 || under.Length < 2 || text[0] is '-' or '>' or '|' or '*' or '+')
            return 0;
        return under.Trim('=').Length == 0 ? 1 : under.Trim('-').Length == 0 ? 2 : 0;
    }
}
