using Microsoft.Extensions.Logging;

namespace Orchestra.Storage.Search;

/// <summary>Walks a folder for documents; never leaves it through a link, walks no folder twice, and skips hidden names.</summary>
internal sealed partial class FolderScan(string folder, int maxFiles, ILogger logger)
{
    private const int MaxDepth = 64;
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Stack<(string RealPath, string Path, int Depth)> _pending = new();
    private string _root = string.Empty;

    /// <summary>The documents, folder by folder in the order of their names.</summary>
    public IEnumerable<SourceFile> Files()
    {
        _root = RealPath.Resolve(folder) ?? folder;
        _pending.Push((_root, string.Empty, 0));
        _seen.Add(_root);
        var left = maxFiles;
        while (_pending.TryPop(out var current))
        {
            foreach (var entry in List(current.RealPath, current.Path))
            {
                var path = current.Path.Length == 0 ? entry.Name : $"{current.Path}/{entry.Name}";
                if (Find(entry, path, current.Depth) is not { } file)
                    continue;
                if (left-- == 0)
                {
                    LogTooManyFiles(folder, maxFiles);
                    yield break;
                }

                yield return file;
            }
        }
    }

    private List<FileSystemInfo> List(string realPath, string path)
    {
        try
        {
            // What is no document and no folder is dropped while reading, so that a folder of millions of other files costs no memory.
            var entries = new DirectoryInfo(realPath).EnumerateFileSystemInfos("*", Everything).Where(IsCandidate).Take(maxFiles + 1).ToList();
            entries.Sort((a, b) => (IsLink(a), a.Name).CompareTo((IsLink(b), b.Name)));
            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadableFolder(exception, path.Length == 0 ? folder : path);
            return [];
        }
    }

    private SourceFile? Find(FileSystemInfo entry, string path, int depth)
    {
        try
        {
            var real = IsLink(entry) ? RealPath.Resolve(entry.FullName) : entry.FullName;
            if (real is null || !RealPath.IsWithin(real, _root))
            {
                LogLinkOutside(path);
                return null;
            }

            if (Directory.Exists(real))
            {
                if (depth < MaxDepth && _seen.Count <= maxFiles * 2L && _seen.Add(real))
                    _pending.Push((real, path, depth + 1));
                return null;
            }

            var file = new FileInfo(real);
            return DocumentFormats.Of(path) is not null && file.Exists && _seen.Add(real)
                ? new SourceFile(path, real, file.Length, file.LastWriteTimeUtc.Ticks)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadableFolder(exception, path);
            return null;
        }
    }

    private static bool IsCandidate(FileSystemInfo entry) =>
        !entry.Name.StartsWith('.') && (entry.Attributes.HasFlag(FileAttributes.Directory) || IsLink(entry) || DocumentFormats.Of(entry.Name) is not null);

    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search folder {Folder} holds more than {MaxFiles} documents; the rest is left out. Raise MaxFiles, or name a smaller folder.")]
    private partial void LogTooManyFiles(string folder, int maxFiles);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be listed and is left out of the search index.")]
    private partial void LogUnreadableFolder(Exception exception, string path);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The link {Path} leads out of the search folder, or in a circle, and is not followed.")]
    private partial void LogLinkOutside(string path);
}
