using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>
/// An answer in OpenAI's chat completions format: the JSON as it came, with the facts of its first choice read from it in one pass.
/// </summary>
public sealed class ChatCompletion
{
    private readonly Range _content;
    private readonly Range _toolCalls;
    private string? _text;
    private IReadOnlyList<ToolCall>? _calls;

    private ChatCompletion(ReadOnlyMemory<byte> body, Facts facts)
    {
        Body = body;
        _content = facts.Content;
        _toolCalls = facts.ToolCalls;
        FinishReason = facts.FinishReason;
        Refusal = facts.Refusal;
        Usage = facts.Usage;
        OutputBytes = facts.OutputBytes;
    }

    /// <summary>The JSON as it came, UTF-8; what was no Unicode in it is U+FFFD.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Why the answer ended: <c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c>; null where it does not say.</summary>
    public string? FinishReason { get; }

    /// <summary>The model's refusal, where it gave one in the field for it.</summary>
    public string? Refusal { get; }

    /// <summary>The usage that it reports; null where it reports none.</summary>
    public TokenUsage? Usage { get; }

    /// <summary>The answer's text; empty where it has none.</summary>
    public string Text => _text ??= ReadText();

    /// <summary>Bytes of the texts and function calls of all choices in JSON form.</summary>
    public long OutputBytes { get; }

    /// <summary>The function calls that it asks for.</summary>
    public IReadOnlyList<ToolCall> ToolCalls => _calls ??= ReadToolCalls();

    /// <summary>Whether it asks for function calls.</summary>
    public bool HasToolCalls => !_toolCalls.Equals(default);

    /// <summary>The raw JSON of <c>tool_calls</c>; empty where there are none.</summary>
    public ReadOnlyMemory<byte> RawToolCalls => Body[_toolCalls];

    /// <summary>Reads an answer; throws <see cref="JsonException"/> where it is not JSON or has no choices.</summary>
    /// <param name="body">UTF-8 JSON; kept, so it must not change.</param>
    public static ChatCompletion Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            body = JsonUnicode.Repair(body);
            return new ChatCompletion(body, Facts.Read(body.Span));
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The answer has not the shape of a chat completion.", exception);
        }
    }

    private string ReadText()
    {
        var reader = new Utf8JsonReader(Body.Span[_content]);
        return _content.Equals(default) || !reader.Read() || reader.TokenType != JsonTokenType.String ? string.Empty : reader.GetString()!;
    }

    private List<ToolCall> ReadToolCalls()
    {
        var calls = new List<ToolCall>();
        if (!HasToolCalls)
            return calls;
        using var document = JsonDocument.Parse(RawToolCalls);
        foreach (var call in document.RootElement.EnumerateArray())
        {
            if (call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object)
                calls.Add(new ToolCall(TextOf(call, "id"), TextOf(function, "name"), TextOf(function, "arguments")));
        }

        return calls;
    }

    private static string TextOf(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? string.Empty
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();

    private ref struct Facts
    {
        public Range Content;
        public Range ToolCalls;
        public string? FinishReason;
        public string? Refusal;
        public TokenUsage? Usage;
        public long OutputBytes;
        private bool _hasChoice;

        public static Facts Read(ReadOnlySpan<byte> body)
        {
            var facts = default(Facts);
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("The answer is not a JSON object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("choices"u8))
                    facts.ReadChoices(ref reader);
                else if (reader.ValueTextEquals("usage"u8))
                    facts.Usage = TokenUsageReader.Read(ref reader);
                else
                    Skip(ref reader);
            }

            return facts._hasChoice && !reader.Read() ? facts : throw new JsonException("The answer has no choices.");
        }

        private void ReadChoices(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException("The answer's choices are not an array.");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw new JsonException("A choice of the answer is not an object.");
                // Of the further choices only the size counts, since they are paid for.
                var choice = default(Facts);
                choice.ReadChoice(ref reader);
                OutputBytes += Math.Max(0, choice.Content.End.Value - choice.Content.Start.Value - 2) + choice.ToolCalls.End.Value - choice.ToolCalls.Start.Value;
                if (_hasChoice)
                    continue;
                _hasChoice = true;
                (Content, ToolCalls, FinishReason, Refusal) = (choice.Content, choice.ToolCalls, choice.FinishReason, choice.Refusal);
            }
        }

        private void ReadChoice(ref Utf8JsonReader reader)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("message"u8))
                    ReadMessage(ref reader);
                else if (reader.ValueTextEquals("finish_reason"u8))
                    FinishReason = ReadString(ref reader);
                else
                    Skip(ref reader);
            }
        }

        private void ReadMessage(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("The answer's message is not an object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("content"u8))
                    Content = ReadRange(ref reader, JsonTokenType.String);
                else if (reader.ValueTextEquals("tool_calls"u8))
                    ToolCalls = ReadRange(ref reader, JsonTokenType.StartArray);
                else if (reader.ValueTextEquals("refusal"u8))
                    Refusal = ReadString(ref reader);
                else
                    Skip(ref reader);
            }
        }

        private static Range ReadRange(ref Utf8JsonReader reader, JsonTokenType expected)
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var isExpected = reader.TokenType == expected;
            var first = reader;
            var isEmpty = expected == JsonTokenType.StartArray && first.Read() && first.TokenType == JsonTokenType.EndArray;
            reader.Skip();
            return isExpected && !isEmpty ? start..(int)reader.BytesConsumed : default;
        }

        private static string? ReadString(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                return reader.GetString();
            reader.Skip();
            return null;
        }

        private static void Skip(ref Utf8JsonReader reader)
        {
            reader.Read();
            reader.Skip();
        }
    }
}
