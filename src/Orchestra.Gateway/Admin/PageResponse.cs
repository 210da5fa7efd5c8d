using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Orchestra.Gateway.Admin;

/// <summary>Writes one page of a list: <c>{"data", "has_more", "next"}</c>.</summary>
internal static class PageResponse
{
    /// <summary>Writes at most <paramref name="limit"/> of the items; where there are more, <c>next</c> is the cursor of the last one written.</summary>
    public static async Task WriteAsync<T>(HttpContext context, IReadOnlyList<T> items, int limit, Func<T, string> cursor, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var json = new Utf8JsonWriter(buffer);
        await using (json)
        {
            json.WriteStartObject();
            json.WriteStartArray("data"u8);
            foreach (var item in items.Take(limit))
                write(json, item);
            json.WriteEndArray();
            var hasMore = items.Count > limit;
            json.WriteBoolean("has_more"u8, hasMore);
            json.WriteString("next"u8, hasMore ? cursor(items[limit - 1]) : null);
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    /// <summary>Writes at most <paramref name="limit"/> of the items as they are serialized.</summary>
    public static Task WriteAsync<T>(HttpContext context, IReadOnlyList<T> items, int limit, Func<T, string> cursor, JsonTypeInfo<T> type) =>
        WriteAsync(context, items, limit, cursor, (json, item) => JsonSerializer.Serialize(json, item, type));
}
