using Microsoft.Extensions.Logging;

namespace Orchestra.Storage.Search;

public sealed partial class SearchIndex
{
    [LoggerMessage(Message = "The search index of {Folder} holds {Documents} documents: {Read} files read, {Removed} removed, {Skipped} skipped.")]
    private partial void LogPass(LogLevel level, string folder, int documents, int read, int removed, int skipped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Folder} could not be followed; the search index stays as it is.")]
    private partial void LogFailedPass(Exception exception, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Looking through {Folder} takes long; this query is answered from the search index as it stands.")]
    private partial void LogSlowPass(string folder);
}
