namespace Orchestra.Storage.Search;

/// <summary>A passage as it is indexed.</summary>
/// <param name="Heading">The headings that it stands under, joined.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Text">Its text.</param>
internal sealed record Passage(string Heading, int Line, string Text);
