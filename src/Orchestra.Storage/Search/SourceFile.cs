namespace Orchestra.Storage.Search;

/// <summary>A file that the scan of a folder found.</summary>
/// <param name="Path">Its path relative to the folder, with forward slashes.</param>
/// <param name="RealPath">Where its bytes are, links resolved.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Modified">When it was last written, in ticks UTC.</param>
internal sealed record SourceFile(string Path, string RealPath, long Length, long Modified);
