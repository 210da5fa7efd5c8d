using System.Text.Json;

namespace Orchestra.Storage.Search;

/// <summary>What a caller of the search asks for.</summary>
/// <param name="Query">What to look for.</param>
/// <param name="Limit">Passages at most; null takes the default.</param>
internal sealed record SearchArguments(string Query, int? Limit)
{
    public const string Schema = """
        {"type":"object","properties":{"query":{"type":"string","description":"Words to look for"},"limit":{"type":"integer","minimum":1,"maximum":20,"description":"Passages to return at most"}},"required":["query"],"additionalProperties":false}
        """;

    /// <summary>Reads a JSON object, a JSON string or, where it is neither, a bare query; null where it is an object of another shape.</summary>
    public static SearchArguments? Read(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => FromObject(document.RootElement),
                JsonValueKind.String => new SearchArguments(document.RootElement.GetString()!, null),
                _ => new SearchArguments(arguments, null),
            };
        }
        catch (JsonException)
        {
            return new SearchArguments(arguments, null);
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair.
            return null;
        }
    }

    private static SearchArguments? FromObject(JsonElement json)
    {
        if (!json.TryGetProperty("query", out var query) || query.ValueKind != JsonValueKind.String)
            return null;
        if (!json.TryGetProperty("limit", out var limit) || limit.ValueKind == JsonValueKind.Null)
            return new SearchArguments(query.GetString()!, null);
        return limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out var count) && count is >= 1 and <= 20
            ? new SearchArguments(query.GetString()!, count)
            : null;
    }
}
