using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Orchestra.Cli.Replay;

/// <summary>Writes the small JSON bodies of a replay server.</summary>
internal static class ReplayJson
{
    /// <summary>An error as OpenAI's API words it.</summary>
    public static Task WriteErrorAsync(HttpResponse response, int status, string code, string message, string? param, CancellationToken ct)
    {
        response.StatusCode = status;
        return WriteAsync(response, json =>
        {
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, message);
            json.WriteString("type"u8, "invalid_request_error"u8);
            json.WriteString("code"u8, code);
            json.WriteString("param"u8, param);
            json.WriteEndObject();
        }, ct);
    }

    /// <summary>The list of models.</summary>
    public static Task WriteModelsAsync(HttpResponse response, IEnumerable<string> models, CancellationToken ct) => WriteAsync(response, json =>
    {
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, model);
            json.WriteString("object"u8, "model"u8);
            json.WriteNumber("created"u8, 0);
            json.WriteString("owned_by"u8, "orchestra-replay"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }, ct);

    private static async Task WriteAsync(HttpResponse response, Action<Utf8JsonWriter> write, CancellationToken ct)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        response.ContentType = "application/json";
        response.ContentLength = output.WrittenCount;
        await response.Body.WriteAsync(output.WrittenMemory, ct);
    }
}
