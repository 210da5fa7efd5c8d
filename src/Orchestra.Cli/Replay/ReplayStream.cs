using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Chat;

namespace Orchestra.Cli.Replay;

/// <summary>Writes a recorded reply as server-sent events, a few tokens at a time.</summary>
/// <param name="response">Where to write.</param>
/// <param name="id">The reply's id.</param>
/// <param name="model">The model's name.</param>
/// <param name="created">When the reply was made.</param>
internal sealed class ReplayStream(HttpResponse response, string id, string model, DateTimeOffset created)
{
    /// <summary>Characters of a chunk at most, about four tokens.</summary>
    public const int PieceLength = 16;

    private readonly ArrayBufferWriter<byte> _event = new(512);

    /// <summary>Writes the whole reply; with a clock, its recorded latency is spread evenly over its chunks.</summary>
    public async Task WriteAsync(RecordedReply reply, bool includeUsage, TimeProvider? clock, CancellationToken ct)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        var text = reply.Text;
        var pieces = Math.Max(1, (text.Length + PieceLength - 1) / PieceLength);
        var pause = clock is null ? TimeSpan.Zero : reply.Latency / pieces;
        await SendAsync(json => WriteChoice(json, role: true, string.Empty, finishReason: null, includeUsage), ct);
        for (var start = 0; start < text.Length;)
        {
            var piece = text[start..EndOfPiece(text, start)];
            start += piece.Length;
            if (clock is not null)
                await Task.Delay(pause, clock, ct);
            await SendAsync(json => WriteChoice(json, role: false, piece, finishReason: null, includeUsage), ct);
        }

        await SendAsync(json => WriteChoice(json, role: false, content: null, "stop", includeUsage), ct);
        if (includeUsage)
            await SendAsync(json => WriteUsage(json, reply.Usage), ct);
        await response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), ct);
    }

    /// <summary>The end of a piece, moved on where it would split a character in two.</summary>
    private static int EndOfPiece(string text, int start)
    {
        var end = Math.Min(text.Length, start + PieceLength);
        return end < text.Length && char.IsHighSurrogate(text[end - 1]) ? end + 1 : end;
    }

    private async Task SendAsync(Action<Utf8JsonWriter> write, CancellationToken ct)
    {
        _event.ResetWrittenCount();
        _event.Write("data: "u8);
        using (var json = new Utf8JsonWriter(_event))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("object"u8, "chat.completion.chunk"u8);
            json.WriteNumber("created"u8, created.ToUnixTimeSeconds());
            json.WriteString("model"u8, model);
            write(json);
            json.WriteEndObject();
        }

        _event.Write("\n\n"u8);
        await response.Body.WriteAsync(_event.WrittenMemory, ct);
        await response.Body.FlushAsync(ct);
    }

    private static void WriteChoice(Utf8JsonWriter json, bool role, string? content, string? finishReason, bool includeUsage)
    {
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        if (role)
            json.WriteString("role"u8, "assistant"u8);
        if (content is not null)
            json.WriteString("content"u8, content);
        json.WriteEndObject();
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (includeUsage)
            json.WriteNull("usage"u8);
    }

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.Input);
        json.WriteNumber("completion_tokens"u8, usage.Output);
        json.WriteNumber("total_tokens"u8, usage.Input + usage.Output);
        json.WriteEndObject();
    }
}
