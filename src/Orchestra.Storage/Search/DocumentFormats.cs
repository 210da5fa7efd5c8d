namespace Orchestra.Storage.Search;

/// <summary>Tells documents from other files by their names.</summary>
internal static class DocumentFormats
{
    /// <summary>The document's format; null where the name is not one of a document.</summary>
    public static DocumentFormat? Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".md" or ".markdown" => DocumentFormat.Markdown,
        ".rst" => DocumentFormat.RestructuredText,
        ".txt" => DocumentFormat.Plain,
        _ => null,
    };
}
