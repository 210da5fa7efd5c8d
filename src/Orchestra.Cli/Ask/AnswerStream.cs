using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;

namespace Orchestra.Cli.Ask;

/// <summary>Reads a streamed answer: server-sent events, and the cost in a comment before the end.</summary>
internal static class AnswerStream
{
    /// <summary>Bytes that one line may have.</summary>
    public const int MaxLine = 4 * 1024 * 1024;

    private const string CostComment = ": x-orchestra-cost-usd ";

    public static async Task<AskAnswer> ReadAsync(Stream stream, AskAnswer answer, Func<string, Task> onText, CancellationToken ct)
    {
        var text = new StringBuilder();
        await foreach (var line in ReadLinesAsync(stream, ct))
        {
            if (line.StartsWith(CostComment, StringComparison.Ordinal))
            {
                answer = answer with { Report = answer.Report with { Cost = line[CostComment.Length..].Trim() } };
                continue;
            }

            if (!line.StartsWith("data:", StringComparison.Ordinal))
                continue;
            var data = line[5..].TrimStart();
            if (data == "[DONE]")
                return answer with { Text = text.ToString() };
            var (piece, finishReason) = ReadEvent(data);
            answer = answer with { FinishReason = finishReason ?? answer.FinishReason };
            if (string.IsNullOrEmpty(piece))
                continue;
            text.Append(piece);
            await onText(piece);
        }

        throw new CommandException("The node broke off the answer before its end. Ask again, and see the node's log if it happens twice.");
    }

    private static (string? Text, string? FinishReason) ReadEvent(string data)
    {
        try
        {
            using var json = JsonDocument.Parse(data);
            if (NodeError.Read(json.RootElement) is { } error)
                throw new CommandException($"The answer broke off: {error.Message}{(error.Code is null ? "" : $" ({error.Code})")}");
            return AskClient.ReadChoice(json.RootElement, "delta");
        }
        catch (JsonException error)
        {
            throw new CommandException("The node's stream holds an event that is not JSON.", inner: error);
        }
    }

    private static async IAsyncEnumerable<string> ReadLinesAsync(Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            var read = await ReadMoreAsync(reader, ct);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(rest.Slice(0, end)).TrimEnd('\r');
                rest = rest.Slice(rest.GetPosition(1, end));
                yield return line;
            }

            if (rest.Length > MaxLine)
                throw new CommandException($"The node's stream holds a line of more than {MaxLine} bytes.");
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                yield break;
        }
    }

    private static async ValueTask<ReadResult> ReadMoreAsync(PipeReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadAsync(ct);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new CommandException("The connection to the node broke before the answer's end.", inner: error);
        }
    }
}
