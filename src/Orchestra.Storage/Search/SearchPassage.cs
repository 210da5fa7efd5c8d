namespace Orchestra.Storage.Search;

/// <summary>A passage of a document that a search found.</summary>
/// <param name="Source">The document's path relative to the folder, with forward slashes.</param>
/// <param name="Heading">The headings that it stands under, outermost first, joined by <c> › </c>; empty where there are none.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Text">Its text as it stands in the document.</param>
/// <param name="Score">Its BM25 score; higher is better, comparable within one answer only.</param>
/// <param name="Coverage">The share of the query's content words that its text and headings hold, from 0 to 1.</param>
public sealed record SearchPassage(string Source, string Heading, int Line, string Text, double Score, double Coverage);
