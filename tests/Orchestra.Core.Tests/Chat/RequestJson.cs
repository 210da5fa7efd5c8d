using System.Buffers;
using System.Text;
using System.Text.Json;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Tests.Chat;

/// <summary>Requests as text, and what a writer made of them.</summary>
internal static class RequestJson
{
    public const string Hello = """[{"role":"user","content":"Hello"}]""";

    public static ChatRequest Read(string json) => ChatRequestReader.Read(Encoding.UTF8.GetBytes(json));

    public static string With(string fields) => $$"""{"model":"orchestra","messages":{{Hello}},{{fields}}}""";

    public static string WithMessages(string messages) => $$"""{"model":"orchestra","messages":{{messages}}}""";

    public static string Write(
        ChatRequest request, RequestEdits? edits = null, string model = "up", bool stream = false, string maxTokensField = "max_completion_tokens")
    {
        var output = new ArrayBufferWriter<byte>();
        ChatRequestWriter.Write(request, edits ?? RequestEdits.None, model, stream, maxTokensField, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The top-level fields, names and values byte for byte, in their order.</summary>
    public static List<(string Name, string Value)> Fields(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        var fields = new List<(string, string)>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Encoding.UTF8.GetString(reader.ValueSpan);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            fields.Add((name, Encoding.UTF8.GetString(bytes[start..(int)reader.BytesConsumed])));
        }

        reader.Read().ShouldBeFalse();
        return fields;
    }
}
