using System.Buffers;
using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>Makes answers in OpenAI's format for experts that do not speak it: tools and <c>IChatClient</c>s.</summary>
public static class ChatCompletionWriter
{
    /// <summary>A whole answer of one choice.</summary>
    /// <param name="id">The answer's id.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="text">The answer's text.</param>
    /// <param name="usage">Tokens used.</param>
    /// <param name="finishReason">Why it ended.</param>
    /// <param name="toolCalls">Function calls that it asks for.</param>
    public static ChatCompletion FromText(
        string id, string model, DateTimeOffset created, string text, TokenUsage usage, string finishReason = "stop", IReadOnlyList<ToolCall>? toolCalls = null)
    {
        var output = new ArrayBufferWriter<byte>(256 + text.Length);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("object"u8, "chat.completion"u8);
            json.WriteNumber("created"u8, created.ToUnixTimeSeconds());
            json.WriteString("model"u8, model);
            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant"u8);
            json.WriteString("content"u8, text);
            WriteToolCalls(json, toolCalls);
            json.WriteEndObject();
            json.WriteNull("logprobs"u8);
            json.WriteString("finish_reason"u8, finishReason);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("usage"u8);
            json.WriteNumber("prompt_tokens"u8, usage.Input);
            json.WriteNumber("completion_tokens"u8, usage.Output);
            json.WriteNumber("total_tokens"u8, usage.Input + usage.Output);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return ChatCompletion.Parse(output.WrittenMemory);
    }

    private static void WriteToolCalls(Utf8JsonWriter json, IReadOnlyList<ToolCall>? calls)
    {
        if (calls is not { Count: > 0 })
            return;
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
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
