namespace Orchestra.Storage.Search;

/// <summary>Collects a document's sections while a reader of its format finds the headings in order.</summary>
internal sealed class SectionList
{
    /// <summary>What stands between the headings of a path.</summary>
    public const string Separator = " › ";

    private const int MaxLevel = 6;
    private const int MaxTitle = 160;

    private readonly List<Section> _sections = [];
    private readonly string[] _titles = new string[MaxLevel];
    private Section _open = new(string.Empty, string.Empty, 0, 0, 0, 0);

    /// <summary>Ends the section before and begins one under a heading.</summary>
    public void Begin(int level, string title, int headingLine, int start)
    {
        Close(headingLine);
        level = Math.Clamp(level, 1, MaxLevel);
        title = title.Length > MaxTitle ? title[..MaxTitle] : title;
        _titles[level - 1] = title;
        Array.Clear(_titles, level, MaxLevel - level);
        _open = new Section(string.Join(Separator, _titles.Where(part => !string.IsNullOrEmpty(part))), title, level, headingLine, start, start);
    }

    /// <summary>Ends the last section and gives all of them.</summary>
    public IReadOnlyList<Section> Finish(int lines)
    {
        Close(lines);
        return _sections;
    }

    private void Close(int end) => _sections.Add(_open with { End = Math.Max(_open.Start, end) });
}
