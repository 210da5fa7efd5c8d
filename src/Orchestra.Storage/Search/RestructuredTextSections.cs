using System.Buffers;

namespace Orchestra.Storage.Search;

/// <summary>Finds the headings of a reStructuredText document; their levels follow the order in which the styles of underlining appear.</summary>
internal static class RestructuredTextSections
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("=-`:'\"~^_*+#<>.!");

    public static IReadOnlyList<Section> Read(string[] lines)
    {
        var sections = new SectionList();
        var styles = new List<(char Sign, bool Overlined)>();
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            var title = lines[i].Trim();
            var under = lines[i + 1].TrimEnd();
            if (title.Length == 0 || !IsRule(under, title.Length) || IsRule(title, 1))
                continue;
            var isOverlined = i > 0 && lines[i - 1].TrimEnd() == under;
            if (!isOverlined && (char.IsWhiteSpace(lines[i][0]) || (i > 0 && lines[i - 1].Trim().Length > 0)))
                continue;
            var style = (under[0], isOverlined);
            if (!styles.Contains(style))
                styles.Add(style);
            sections.Begin(styles.IndexOf(style) + 1, title, isOverlined ? i - 1 : i, i + 2);
            i++;
        }

        return sections.Finish(lines.Length);
    }

    private static bool IsRule(string line, int least) =>
        line.Length >= Math.Max(3, least) && Signs.Contains(line[0]) && !line.AsSpan().ContainsAnyExcept(line[0]);
}
