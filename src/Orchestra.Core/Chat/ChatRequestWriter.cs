using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

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
        var hasLimit = false;
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
                    output.Write(WithUsage(body[field.ValueStart..field.End]));
                    break;
                case ChatFieldKind.StreamOptions when !stream || edits.Bare:
                    break;
                case ChatFieldKind.MaxTokens or ChatFieldKind.MaxCompletionTokens when edits.MaxOutputTokens is { } most:
                    if (!hasLimit)
                    {
                        Name(output, ref separator, body[field.NameStart..field.ValueStart]);
                        WriteNumber(output, most);
                    }

                    hasLimit = true;
                    break;
                case ChatFieldKind.Tools when edits.Tools is not null && !request.HasTools:
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

        if (!hasLimit && edits.MaxOutputTokens is { } limit)
        {
            Name(output, ref separator, Encoding.UTF8.GetBytes($"\"{maxTokensField}\":"));
            WriteNumber(output, limit);
        }

        if (edits.Tools is not null && !request.HasTools)
        {
            Name(output, ref separator, "\"tools\":"u8);
            output.Write(Encoding.UTF8.GetBytes(edits.Tools));
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

    private static byte[] WithUsage(ReadOnlySpan<byte> options)
    {
        var merged = JsonNode.Parse(options) as JsonObject ?? [];
        merged["include_usage"] = true;
        return JsonSerializer.SerializeToUtf8Bytes(merged);
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
