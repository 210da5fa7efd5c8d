using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Learning.Outcomes;

/// <summary>Reads outcome tables row by row: one JSON object a line, gzipped where the name ends in <c>.gz</c>.</summary>
public static class OutcomeReader
{
    /// <summary>Bytes of a line at most; a longer one is skipped and reported.</summary>
    public const int MaxLineBytes = 4 * 1024 * 1024;

    /// <summary>Reads a table; lines that are not rows are reported and skipped. Throws <see cref="OrchestraException"/> where the file cannot be opened.</summary>
    /// <param name="path">A <c>.jsonl</c> or <c>.jsonl.gz</c> file.</param>
    /// <param name="report">Told of each line that is skipped.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async IAsyncEnumerable<OutcomeRow> ReadAsync(string path, Action<MalformedRow>? report = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await using var stream = Open(path);
        var lines = new LineReader(stream, MaxLineBytes);
        while (await NextAsync(lines, path, report, ct) is { } line)
        {
            if (line.IsTooLong)
                report?.Invoke(new MalformedRow(path, line.Number, $"the line is longer than {MaxLineBytes} bytes"));
            else if (Parse(line, path, report) is { } row)
                yield return row;
        }
    }

    private static async ValueTask<Line?> NextAsync(LineReader lines, string path, Action<MalformedRow>? report, CancellationToken ct)
    {
        try
        {
            return await lines.ReadAsync(ct);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            report?.Invoke(new MalformedRow(path, lines.Number + 1, "the rest of the file cannot be read: it is damaged or cut off"));
            return null;
        }
    }

    private static OutcomeRow? Parse(Line line, string path, Action<MalformedRow>? report)
    {
        try
        {
            return OutcomeRowReader.Read(line.Bytes);
        }
        catch (JsonException exception)
        {
            // The parser's own messages quote the text; its position is enough to find the fault.
            var reason = exception.BytePositionInLine is { } position ? $"the line is not valid JSON near byte {position + 1}" : exception.Message;
            report?.Invoke(new MalformedRow(path, line.Number, reason));
            return null;
        }
    }

    private static Stream Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OrchestraException(ErrorCode.NotFound, 404, $"The outcome table '{path}' cannot be opened: give the path of a readable .jsonl or .jsonl.gz file.", exception);
        }
    }
}
