using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>Turns a whole answer into the server-sent events of a stream that gives the same answer.</summary>
public static class ChatCompletionEvents
{
    /// <summary>
    /// The events of an answer: for each choice one with its whole message and one with its finish reason, then the usage where the client
    /// wants it. Fields that Orchestra does not know survive. Throws <see cref="JsonException"/> where a choice has not the shape of one.
    /// </summary>
    /// <param name="completion">The answer.</param>
    /// <param name="includeUsage">Whether to end with a chunk of usage.</param>
    /// <param name="usage">The usage to tell where the answer reports none; null tells none then.</param>
    public static ReplyChunk FromCompletion(ChatCompletion completion, bool includeUsage, TokenUsage? usage = null)
    {
        using var document = JsonDocument.Parse(completion.Body);
        var events = new Events(document.RootElement, includeUsage, completion.Body.Length);
        try
        {
            events.WriteChoices();
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The answer has not the shape of a chat completion.", exception);
        }

        if (includeUsage)
            events.WriteUsage(completion.Usage is null ? usage : null);
        return new ReplyChunk(events.Written, (int)Math.Min(int.MaxValue, TokenEstimator.Likely(events.DeltaBytes)), completion.Usage ?? usage, events.FinishReason);
    }

    private sealed class Events(JsonElement answer, bool includeUsage, int size)
    {
        private readonly ArrayBufferWriter<byte> _output = new(size + 512);
        private readonly ArrayBufferWriter<byte> _event = new(size + 256);

        public ReadOnlyMemory<byte> Written => _output.WrittenMemory;

        public long DeltaBytes { get; private set; }

        public string? FinishReason { get; private set; }

        public void WriteChoices()
        {
            var position = 0;
            foreach (var choice in answer.GetProperty("choices"u8).EnumerateArray())
            {
                WriteMessage(choice, position);
                WriteFinish(choice, position);
                position++;
            }
        }

        public void WriteUsage(TokenUsage? usage)
        {
            if (usage is { } told)
                WriteEvent(json => WriteUsageChunk(json, Counts(told)));
            else if (answer.TryGetProperty("usage"u8, out var reported) && reported.ValueKind == JsonValueKind.Object)
                WriteEvent(json => WriteUsageChunk(json, JsonMarshal.GetRawUtf8Value(reported)));
        }

        private static void WriteUsageChunk(Utf8JsonWriter json, ReadOnlySpan<byte> usage)
        {
            json.WriteStartArray("choices"u8);
            json.WriteEndArray();
            json.WritePropertyName("usage"u8);
            json.WriteRawValue(usage, skipInputValidation: true);
        }

        private static byte[] Counts(TokenUsage usage) =>
            JsonSerializer.SerializeToUtf8Bytes(new { prompt_tokens = usage.Input, completion_tokens = usage.Output, total_tokens = usage.Input + usage.Output });

        private void WriteMessage(JsonElement choice, int position) => WriteChoice(choice, position, json =>
        {
            var message = choice.TryGetProperty("message"u8, out var found) ? found : default;
            json.WriteStartObject("delta"u8);
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role"u8, out _))
                json.WriteString("role"u8, "assistant"u8);
            if (message.ValueKind == JsonValueKind.Object)
            {
                foreach (var field in message.EnumerateObject())
                {
                    DeltaBytes += field.NameEquals("role"u8) ? 0 : JsonMarshal.GetRawUtf8Value(field.Value).Length;
                    if (!field.NameEquals("tool_calls"u8))
                        Copy(json, field);
                    else if (field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() > 0)
                        WriteToolCalls(json, field.Value);
                }
            }

            json.WriteEndObject();
            foreach (var field in choice.EnumerateObject())
            {
                if (!field.NameEquals("index"u8) && !field.NameEquals("message"u8) && !field.NameEquals("finish_reason"u8))
                    Copy(json, field);
            }

            json.WriteNull("finish_reason"u8);
        });

        private void WriteFinish(JsonElement choice, int position) => WriteChoice(choice, position, json =>
        {
            // A stream that never says why it ended is taken for one that was cut off.
            var reason = choice.TryGetProperty("finish_reason"u8, out var found) && found.ValueKind == JsonValueKind.String
                ? found.GetString()!
                : HasToolCalls(choice) ? "tool_calls" : "stop";
            FinishReason ??= reason;
            json.WriteStartObject("delta"u8);
            json.WriteEndObject();
            json.WriteNull("logprobs"u8);
            json.WriteString("finish_reason"u8, reason);
        });

        private static bool HasToolCalls(JsonElement choice) =>
            choice.TryGetProperty("message"u8, out var message) && message.ValueKind == JsonValueKind.Object
            && message.TryGetProperty("tool_calls"u8, out var calls) && calls.ValueKind == JsonValueKind.Array && calls.GetArrayLength() > 0;

        private static void WriteToolCalls(Utf8JsonWriter json, JsonElement calls)
        {
            json.WriteStartArray("tool_calls"u8);
            var index = 0;
            foreach (var call in calls.EnumerateArray())
            {
                json.WriteStartObject();
                json.WriteNumber("index"u8, index++);
                foreach (var field in call.EnumerateObject())
                {
                    if (!field.NameEquals("index"u8))
                        Copy(json, field);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteChoice(JsonElement choice, int position, Action<Utf8JsonWriter> writeFields) => WriteEvent(json =>
        {
            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, choice.TryGetProperty("index"u8, out var index) && index.TryGetInt32(out var number) ? number : position);
            writeFields(json);
            json.WriteEndObject();
            json.WriteEndArray();
            if (includeUsage)
                json.WriteNull("usage"u8);
        });

        private void WriteEvent(Action<Utf8JsonWriter> writeFields)
        {
            _event.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_event))
            {
                json.WriteStartObject();
                json.WriteString("object"u8, "chat.completion.chunk"u8);
                foreach (var field in answer.EnumerateObject())
                {
                    if (!field.NameEquals("object"u8) && !field.NameEquals("choices"u8) && !field.NameEquals("usage"u8))
                        Copy(json, field);
                }

                writeFields(json);
                json.WriteEndObject();
            }

            _output.Write("data: "u8);
            WriteLine(_event.WrittenSpan);
            _output.Write("\n\n"u8);
        }

        /// <summary>Line breaks between the tokens of a value, which JSON allows and an event does not, become spaces; strings have none.</summary>
        private void WriteLine(ReadOnlySpan<byte> json)
        {
            var line = _output.GetSpan(json.Length)[..json.Length];
            json.Replace(line, (byte)'\n', (byte)' ');
            line.Replace((byte)'\r', (byte)' ');
            _output.Advance(json.Length);
        }

        private static void Copy(Utf8JsonWriter json, JsonProperty field)
        {
            json.WritePropertyName(field.Name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(field.Value), skipInputValidation: true);
        }
    }
}
