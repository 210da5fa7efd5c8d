using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>Writes the body for an expert by copying the client's bytes and putting the edits between them.</summary>
public static class ChatRequestWriter
{
    /// <summary>Writes the body for an expert.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="edits">What differs.</param>
    /// <param name="model">The model's name at the upstream.</param>
    /// <param name="stream">Whether to ask for a stream; usage is then always asked for.</param>
    /// <param name="maxTokensField">The upstream's name for the output limit, used where the client gave none.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(ChatRequest request, RequestEdits edits, string model, bool stream, string maxTokensField, IBufferWriter<byte> output)
    {
        var body = request.Body.Span;
        var separator = (byte)'{';
        var addsTools = edits.Tools is not null && (edits.Bare || !request.HasTools);
        var limitField = LimitField(request, maxTokensField);
        var limit = edits.MaxOutputTokens ?? (edits.Bare || !HasBothLimits(request) ? null : request.MaxOutputTokens);
        foreach (var field in request.Fields)
        {
            switch (field.Kind)
            {
                case ChatFieldKind.Model:
                    Name(output, ref separator, "\"model\":"u8);
                    output.Write(JsonSerializer.SerializeToUtf8Bytes(model));
                    break;
                case ChatFieldKind.Messages:
                    Name(output, ref separator, "\"messages\":"u8);
                    WriteMessages(body[field.ValueStart..field.End], edits, output);
                    break;
                case ChatFieldKind.Stream:
                    break;
                case ChatFieldKind.StreamOptions when stream && !request.IncludeUsage && !edits.Bare:
                    Name(output, ref separator, "\"stream_options\":"u8);
                    WriteWithUsage(body[field.ValueStart..field.End], output);
                    break;
                case ChatFieldKind.StreamOptions when !stream || edits.Bare:
                    break;
                case ChatFieldKind.MaxTokens or ChatFieldKind.MaxCompletionTokens when limit is { } most:
                    if (field.Kind == limitField)
                    {
                        Name(output, ref separator, body[field.NameStart..field.ValueStart]);
                        WriteNumber(output, most);
                    }

                    break;
                case ChatFieldKind.Tools when addsTools:
                    break;
                default:
                    if (edits.Bare)
                        break;
                    Name(output, ref separator, body[field.NameStart..field.End]);
                    break;
            }
        }

        if (stream)
        {
            Name(output, ref separator, "\"stream\":true"u8);
            if (edits.Bare || request.ValueOf(ChatFieldKind.StreamOptions).IsEmpty)
                Name(output, ref separator, "\"stream_options\":{\"include_usage\":true}"u8);
        }

        if (limitField == ChatFieldKind.Other && limit is { } added)
        {
            Name(output, ref separator, Encoding.UTF8.GetBytes($"\"{maxTokensField}\":"));
            WriteNumber(output, added);
        }

        if (addsTools)
        {
            Name(output, ref separator, "\"tools\":"u8);
            output.Write(Encoding.UTF8.GetBytes(edits.Tools!));
        }

        output.Write("}"u8);
    }

    private static void WriteMessages(ReadOnlySpan<byte> messages, RequestEdits edits, IBufferWriter<byte> output)
    {
        if (edits.ReplaceMessages is { } replacement)
        {
            output.Write("["u8);
            output.Write(Encoding.UTF8.GetBytes(string.Join(',', replacement.Concat(edits.AppendMessages))));
        }
        else
        {
            output.Write(messages[..^1]);
            foreach (var message in edits.AppendMessages)
            {
                output.Write(","u8);
                output.Write(Encoding.UTF8.GetBytes(message));
            }
        }

        output.Write("]"u8);
    }

    private static bool HasBothLimits(ChatRequest request) =>
        !request.ValueOf(ChatFieldKind.MaxTokens).IsEmpty && !request.ValueOf(ChatFieldKind.MaxCompletionTokens).IsEmpty;

    /// <summary>The client's field that says the limit, the one that the upstream knows where there are two; Other where there is none.</summary>
    private static ChatFieldKind LimitField(ChatRequest request, string maxTokensField)
    {
        if (HasBothLimits(request))
            return maxTokensField == "max_tokens" ? ChatFieldKind.MaxTokens : ChatFieldKind.MaxCompletionTokens;
        if (!request.ValueOf(ChatFieldKind.MaxTokens).IsEmpty)
            return ChatFieldKind.MaxTokens;
        return request.ValueOf(ChatFieldKind.MaxCompletionTokens).IsEmpty ? ChatFieldKind.Other : ChatFieldKind.MaxCompletionTokens;
    }

    private static void WriteWithUsage(ReadOnlySpan<byte> options, IBufferWriter<byte> output)
    {
        var separator = (byte)'{';
        var reader = new Utf8JsonReader(options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = reader.ValueTextEquals("include_usage"u8);
            var start = (int)reader.TokenStartIndex;
            reader.Read();
            reader.Skip();
            if (!isUsage)
                Name(output, ref separator, options[start..(int)reader.BytesConsumed]);
        }

        Name(output, ref separator, "\"include_usage\":true}"u8);
    }

    private static void Name(IBufferWriter<byte> output, ref byte separator, ReadOnlySpan<byte> text)
    {
        output.GetSpan(1)[0] = separator;
        output.Advance(1);
        output.Write(text);
        separator = (byte)',';
    }

    private static void WriteNumber(IBufferWriter<byte> output, int number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(11), out var written);
        output.Advance(written);
    }
}
