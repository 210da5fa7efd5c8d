using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Orchestra.Storage.Search;

/// <summary>One look at the folder: reads what is new or changed, and drops what is gone.</summary>
internal sealed partial class IndexPass(SearchOptions options, IndexWriter writer, ILogger logger)
{
    private byte[] _buffer = [];
    private int _read;
    private int _removed;
    private int _skipped;

    public IndexPassReport Run(CancellationToken ct)
    {
        var known = writer.Files();
        foreach (var file in new FolderScan(options.Folder, options.MaxFiles, logger).Files())
        {
            ct.ThrowIfCancellationRequested();
            known.Remove(file.Path, out var before);
            Visit(file, before);
        }

        foreach (var gone in known.Values)
        {
            ct.ThrowIfCancellationRequested();
            Drop(gone);
        }

        return new IndexPassReport(writer.CountDocuments(), _read, _removed, _skipped);
    }

    private void Visit(SourceFile file, IndexedFile? before)
    {
        var isTooLarge = file.Length > options.MaxFileBytes;
        if (before is not null && before.Length == file.Length && before.Modified == file.Modified && (before.State == FileState.TooLarge) == isTooLarge)
        {
            _skipped += before.State == FileState.Indexed ? 0 : 1;
            return;
        }

        try
        {
            if (isTooLarge)
                Skip(file, FileState.TooLarge);
            else
                Read(file, before);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The index holds only what the last look could read; without a row the file is tried again next time.
            LogUnreadable(exception, file.Path);
            _skipped++;
            Drop(before);
        }
    }

    private void Read(SourceFile file, IndexedFile? before)
    {
        // Opening a pipe or a device may wait for ever; those have no length, and an empty file has nothing to read.
        var count = file.Length == 0 ? 0 : Fill(file);
        var bytes = _buffer.AsSpan(0, count);
        if (count > options.MaxFileBytes)
        {
            Skip(file, FileState.TooLarge);
            return;
        }

        var hash = SHA256.HashData(bytes);
        if (before is not null && before.Hash.AsSpan().SequenceEqual(hash))
            writer.Touch(file, before);
        else if (DocumentText.Decode(bytes) is not { } text)
            Skip(file, FileState.Binary, hash);
        else
            writer.Put(file, hash, FileState.Indexed, PassageSplitter.Split(text, DocumentFormats.Of(file.Path) ?? DocumentFormat.Plain, options.PassageWords));
    }

    /// <summary>Reads the file, one byte beyond the limit at most, since it may have grown after it was found.</summary>
    private int Fill(SourceFile file)
    {
        _read++;
        if (_buffer.Length == 0)
            _buffer = new byte[options.MaxFileBytes + 1];
        using var stream = new FileStream(file.RealPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        return stream.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
    }

    private void Skip(SourceFile file, FileState state, byte[]? hash = null)
    {
        LogSkipped(file.Path, state, file.Length);
        _skipped++;
        writer.Put(file, hash ?? [], state, []);
    }

    private void Drop(IndexedFile? file)
    {
        if (file is null)
            return;
        writer.Remove(file.Id);
        _removed += file.State == FileState.Indexed ? 1 : 0;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} is left out of the search index: {State}, {Length} bytes.")]
    private partial void LogSkipped(string path, FileState state, long length);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read and is left out of the search index until it can.")]
    private partial void LogUnreadable(Exception exception, string path);
}
