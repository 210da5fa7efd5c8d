using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts.ChatClients;

/// <summary>Writes a client's updates as the events of a stream in OpenAI's format.</summary>
/// <param name="id">The answer's id.</param>
/// <param name="model">The model's name.</param>
/// <param name="created">When it was begun.</param>
internal sealed class ChatChunkWriter(string id, string model, DateTimeOffset created)
{
    private readonly ArrayBufferWriter<byte> _events = new(512);
    private bool _hasRole;
    private int _toolCalls;
    private long _textBytes;

    /// <summary>Whether a function call was written.</summary>
    public bool HasToolCalls => _toolCalls > 0;

    /// <summary>One event for an update that has text or function calls; none for others.</summary>
    public ReplyChunk WriteDelta(ChatResponseUpdate update)
    {
        _events.ResetWrittenCount();
        var text = update.Text;
        var calls = update.Contents.OfType<FunctionCallContent>().Select(ChatClientReply.ToToolCall).ToList();
        if (text.Length == 0 && calls.Count == 0)
            return default;
        var bytes = Encoding.UTF8.GetByteCount(text) + calls.Sum(call => Encoding.UTF8.GetByteCount(call.Arguments) + call.Name.Length);
        _textBytes += bytes;
        WriteChoice(null, json =>
        {
            if (!_hasRole)
                json.WriteString("role"u8, "assistant"u8);
            _hasRole = true;
            if (text.Length > 0)
                json.WriteString("content"u8, text);
            if (calls.Count > 0)
                WriteToolCalls(json, calls);
        });
        return new ReplyChunk(_events.WrittenMemory, (int)Math.Max(1, TokenEstimator.Likely(bytes)), null, null);
    }

    /// <summary>The event with the finish reason, and the one with the usage where the client wants it.</summary>
    /// <param name="reason">Why the answer ended.</param>
    /// <param name="usage">What the client counted; null where it did not.</param>
    /// <param name="includeUsage">Whether to write the usage.</param>
    /// <param name="call">The call, for an estimate.</param>
    public ReplyChunk WriteEnd(string reason, TokenUsage? usage, bool includeUsage, ExpertCall call)
    {
        _events.ResetWrittenCount();
        var told = usage ?? UsageEstimate.Of(call, _textBytes);
        WriteChoice(reason, static _ => { });
        if (includeUsage)
            WriteUsage(told);
        return new ReplyChunk(_events.WrittenMemory, 0, told, reason);
    }

    private void WriteChoice(string? reason, Action<Utf8JsonWriter> writeDelta) => WriteEvent(json =>
    {
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        writeDelta(json);
        json.WriteEndObject();
        json.WriteString("finish_reason"u8, reason);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private void WriteUsage(TokenUsage usage) => WriteEvent(json =>
    {
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.Input);
        json.WriteNumber("completion_tokens"u8, usage.Output);
        json.WriteNumber("total_tokens"u8, usage.Input + usage.Output);
        json.WriteEndObject();
    });

    private void WriteEvent(Action<Utf8JsonWriter> writeFields)
    {
        _events.Write("data: "u8);
        using (var json = new Utf8JsonWriter(_events))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("object"u8, "chat.completion.chunk"u8);
            json.WriteNumber("created"u8, created.ToUnixTimeSeconds());
            json.WriteString("model"u8, model);
            writeFields(json);
            json.WriteEndObject();
        }

        _events.Write("\n\n"u8);
    }

    private void WriteToolCalls(Utf8JsonWriter json, List<ToolCall> calls)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, _toolCalls++);
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
