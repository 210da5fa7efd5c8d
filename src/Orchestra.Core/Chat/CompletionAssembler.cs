using System.Buffers;
using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>Puts the chunks of a stream together to the answer that the same upstream would have given as a whole; fields that nobody knows survive.</summary>
public sealed class CompletionAssembler
{
    /// <summary>Bytes that an answer may have.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private readonly ByteLimit _limit = new(MaxBytes);
    private readonly SortedDictionary<long, MergedJson> _choices = [];
    private readonly MergedJson _root;
    private bool _isStopped;

    /// <summary>An answer of which nothing has come yet.</summary>
    public CompletionAssembler() => _root = new MergedJson(_limit);

    /// <summary>Adds whole server-sent events; throws <see cref="JsonException"/> where one is no chunk, or where the answer becomes too long.</summary>
    public void Add(ReadOnlySpan<byte> events)
    {
        try
        {
            while (!events.IsEmpty)
                AddEvent(TakeEvent(ref events));
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("An event has a name that is not valid Unicode.", exception);
        }
    }

    /// <summary>Says that Orchestra ended the answer here: what has no finish reason yet ends with <c>length</c>, and the cause stands beside it.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="used">What was used, told where the upstream had no time to report it.</param>
    public void Stop(string reason, TokenUsage used)
    {
        _isStopped = true;
        _root.Field("orchestra").Replace(JsonSerializer.SerializeToUtf8Bytes(new { reason }));
        if (_root.Field("usage").IsEmpty)
            _root.Field("usage").Replace(JsonSerializer.SerializeToUtf8Bytes(new { prompt_tokens = used.Input, completion_tokens = used.Output, total_tokens = used.Input + used.Output }));
    }

    /// <summary>The whole answer, once; throws <see cref="JsonException"/> where no choice has come.</summary>
    public ChatCompletion Complete()
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var (name, field) in _root.Fields)
            {
                if (name == "choices")
                    WriteChoices(json);
                else if (name == "object")
                    json.WriteString(name, "chat.completion"u8);
                else if (name != "usage" || !field.IsEmpty)
                    Write(json, name, field);
            }

            json.WriteEndObject();
        }

        return ChatCompletion.Parse(output.WrittenMemory);
    }

    /// <summary>The data of the next event, which is taken off.</summary>
    private static ReadOnlySpan<byte> TakeEvent(ref ReadOnlySpan<byte> events)
    {
        var length = 0;
        var lines = 0;
        while (length < events.Length)
        {
            var end = events[length..].IndexOf((byte)'\n');
            var line = end < 0 ? events[length..] : events[length..(length + end)];
            length += end < 0 ? line.Length : end + 1;
            if (line.TrimEnd((byte)'\r').IsEmpty)
                break;
            lines++;
        }

        var data = EventData.Of(events[..length], manyLines: lines > 1);
        events = events[length..];
        return data;
    }

    private void AddEvent(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return;
        var reader = new Utf8JsonReader(data);
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("An event is not a JSON object.");
        foreach (var field in document.RootElement.EnumerateObject())
        {
            var known = _root.Field(field.Name);
            if (field.NameEquals("choices"u8))
                AddChoices(field.Value);
            else if (field.Value.ValueKind != JsonValueKind.Null && (known.IsEmpty || field.Name is not ("id" or "object" or "created" or "model")))
                known.Replace(field.Value);
        }
    }

    private void AddChoices(JsonElement choices)
    {
        if (choices.ValueKind != JsonValueKind.Array)
            return;
        var position = 0;
        foreach (var piece in choices.EnumerateArray())
        {
            if (piece.ValueKind != JsonValueKind.Object)
                throw new JsonException("A choice of an event is not an object.");
            var index = piece.TryGetProperty("index"u8, out var given) && given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out var number) ? number : position;
            position++;
            if (!_choices.TryGetValue(index, out var choice))
                _choices[index] = choice = new MergedJson(_limit);
            foreach (var field in piece.EnumerateObject())
            {
                // Some upstreams give the whole message at the end once more.
                var isMessage = field.NameEquals("delta"u8) || (field.NameEquals("message"u8) && !choice.Fields.ContainsKey("message"));
                if (isMessage)
                    choice.Field("message").Merge("message", field.Value, textGrows: true);
                else if (!field.NameEquals("message"u8))
                    choice.Field(field.Name).Merge(field.Name, field.Value, textGrows: false);
            }
        }
    }

    private void WriteChoices(Utf8JsonWriter json)
    {
        var hasUnfinished = _choices.Values.Any(choice => choice.Field("finish_reason").IsEmpty);
        json.WriteStartArray("choices"u8);
        foreach (var (index, choice) in _choices)
        {
            var message = choice.Field("message");
            var finish = choice.Field("finish_reason");
            if (_isStopped && (finish.IsEmpty || !hasUnfinished))
                finish.Replace("\"length\""u8);
            else if (finish.IsEmpty)
                finish.Replace(HasSome(message, "tool_calls") ? "\"tool_calls\""u8 : "\"stop\""u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, index);
            foreach (var (name, field) in choice.Fields)
            {
                if (name == "message")
                    WriteMessage(json, field);
                else if (name != "index")
                    Write(json, name, field);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, MergedJson message)
    {
        json.WriteStartObject("message"u8);
        if (!HasSome(message, "role"))
            json.WriteString("role"u8, "assistant"u8);
        var content = message.Field("content");

        // A stream begins its content before it is clear that there will be none; a whole answer says null then.
        if (content.IsEmpty && (HasSome(message, "tool_calls") || HasSome(message, "function_call") || HasSome(message, "refusal")))
            content.Replace("null"u8);
        foreach (var (name, field) in message.Fields)
        {
            if (name != "role" || !field.IsEmpty)
                Write(json, name, field);
        }

        json.WriteEndObject();
    }

    private static bool HasSome(MergedJson message, string field) => message.Fields.TryGetValue(field, out var found) && !found.IsEmpty;

    private static void Write(Utf8JsonWriter json, string name, MergedJson value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json, withoutIndex: name == "tool_calls");
    }
}
