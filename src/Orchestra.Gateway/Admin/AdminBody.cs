using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Gateway.Chat;

namespace Orchestra.Gateway.Admin;

/// <summary>Reads and writes the bodies of the admin API.</summary>
internal static class AdminBody
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Reads the body; throws 400 that says what is wrong with it.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        var body = await RequestBody.ReadAsync(context.Request, MostBytes, context.RequestAborted);
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw OrchestraException.Invalid("body", "The request body must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw Wrong(error);
        }
    }

    /// <summary>Says where the body is wrong in a reader's words; the serializer's own speak of types.</summary>
    private static OrchestraException Wrong(JsonException error)
    {
        var where = $"line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1}";
        return error.Path is { Length: > 2 } path
            ? new OrchestraException(ErrorCode.InvalidRequest, 400, $"The field '{path[2..]}' has a value that does not fit ({where}). Amounts are decimal strings of dollars such as \"12.50\", with at most nine decimal places; docs/api.md shows every body.", error) { Param = path[2..] }
            : new OrchestraException(ErrorCode.InvalidJson, 400, $"The request body is not the JSON object that this call takes: see {where}. docs/api.md shows every body.", error);
    }

    /// <summary>Writes the response.</summary>
    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>A value of the path.</summary>
    public static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
