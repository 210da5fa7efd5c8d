namespace Orchestra.Storage.Search;

/// <summary>Splits a document into passages: at its headings, then between paragraphs, and within them only where they are too long.</summary>
internal static class PassageSplitter
{
    /// <summary>Passages that one document has at most; a document within the bounds of its size hardly ever has so many.</summary>
    public const int MaxPassages = 10_000;

    public static IReadOnlyList<Passage> Split(string text, DocumentFormat format, int words)
    {
        var lines = DocumentText.Lines(text);
        var sections = format switch
        {
            DocumentFormat.Markdown => MarkdownSections.Read(lines),
            DocumentFormat.RestructuredText => RestructuredTextSections.Read(lines),
            _ => new SectionList().Finish(lines.Length),
        };
        var passages = new List<Passage>();
        for (var i = 0; i < sections.Count && passages.Count < MaxPassages; i++)
        {
            var before = passages.Count;
            new PassageBuilder(sections[i].Heading, words, passages).Add(lines, sections[i]);

            // A heading with nothing below it, not even another heading, is still worth finding.
            var isLeaf = i + 1 == sections.Count || sections[i + 1].Level <= sections[i].Level;
            if (passages.Count == before && isLeaf && sections[i].Title.Length > 0)
                passages.Add(new Passage(sections[i].Heading, sections[i].HeadingLine + 1, sections[i].Title));
        }

        return passages.Count > MaxPassages ? passages[..MaxPassages] : passages;
    }
}
