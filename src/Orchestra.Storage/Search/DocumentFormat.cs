namespace Orchestra.Storage.Search;

/// <summary>How a document marks its headings.</summary>
internal enum DocumentFormat
{
    /// <summary>No headings.</summary>
    Plain,

    /// <summary>Markdown.</summary>
    Markdown,

    /// <summary>reStructuredText.</summary>
    RestructuredText,
}
