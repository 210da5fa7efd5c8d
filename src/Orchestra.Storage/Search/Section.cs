namespace Orchestra.Storage.Search;

/// <summary>The part of a document between two headings.</summary>
/// <param name="Heading">The headings that it stands under, joined; empty where there are none.</param>
/// <param name="Title">Its own heading; empty where it has none.</param>
/// <param name="Level">The depth of its own heading, 0 where it has none.</param>
/// <param name="HeadingLine">Index of the line with its heading.</param>
/// <param name="Start">Index of its first line behind the heading.</param>
/// <param name="End">Index behind its last line.</param>
internal sealed record Section(string Heading, string Title, int Level, int HeadingLine, int Start, int End);
