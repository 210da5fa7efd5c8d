using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestra.Core.Learning.Outcomes;

/// <summary>Writes an outcome table row by row, gzipped where the name ends in <c>.gz</c>; dispose it to finish the file.</summary>
public sealed class OutcomeWriter : IAsyncDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _line = new(4 * 1024);

    private OutcomeWriter(Stream stream) => _stream = stream;

    /// <summary>Begins a table; an existing file is replaced.</summary>
    public static OutcomeWriter Create(string path)
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
        return new OutcomeWriter(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : file);
    }

    /// <summary>Appends a row.</summary>
    public async Task WriteAsync(OutcomeRow row, CancellationToken ct = default)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Options))
            Write(json, row);
        _line.Write("\n"u8);
        await _stream.WriteAsync(_line.WrittenMemory, ct);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static void Write(Utf8JsonWriter json, OutcomeRow row)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("task"u8, row.Task);
        json.WriteString("prompt"u8, row.Prompt);
        if (row.Answer is not null)
            json.WriteString("answer"u8, row.Answer);
        json.WriteStartObject("outcomes"u8);
        foreach (var (model, outcome) in row.Outcomes)
        {
            json.WriteStartObject(model);
            Write(json, outcome);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteNumber("score"u8, outcome.Score);
        if (outcome.InputTokens is { } input)
            json.WriteNumber("input_tokens"u8, input);
        if (outcome.OutputTokens is { } output)
            json.WriteNumber("output_tokens"u8, output);
        if (outcome.CostUsd is { } cost)
            json.WriteNumber("cost_usd"u8, cost);
        if (outcome.LatencySeconds is { } latency)
            json.WriteNumber("latency_s"u8, latency);
        if (outcome.Response is not null)
            json.WriteString("response"u8, outcome.Response);
    }
}
