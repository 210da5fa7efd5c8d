using System.Net.Http.Headers;
using System.Text.Json;

namespace Orchestra.Cli.Ask;

/// <summary>One question to a node.</summary>
/// <param name="Question">The user's words.</param>
/// <param name="Model">The model to name.</param>
/// <param name="Stream">Whether the answer should come in pieces.</param>
internal sealed record AskRequest(string Question, string Model, bool Stream)
{
    public HttpContent ToContent()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", Model);
            json.WriteStartArray("messages");
            json.WriteStartObject();
            json.WriteString("role", "user");
            json.WriteString("content", Question);
            json.WriteEndObject();
            json.WriteEndArray();
            if (Stream)
                json.WriteBoolean("stream", true);
            json.WriteEndObject();
        }

        return new ByteArrayContent(buffer.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
