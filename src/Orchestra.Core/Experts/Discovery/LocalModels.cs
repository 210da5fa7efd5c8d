using System.Text.Json;

namespace Orchestra.Core.Experts.Discovery;

/// <summary>Reads a model server's list of models.</summary>
internal static class LocalModels
{
    private static readonly string[] Embeddings = ["embed", "rerank", "minilm", "bge-", "gte-", "e5-"];

    /// <summary>The chat models with their context windows, 0 where unknown, the first of them only; null where this is no such list.</summary>
    public static IReadOnlyList<(string Model, int ContextWindow)>? Read(ReadOnlyMemory<byte> body, int most)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("data"u8, out var data) || data.ValueKind != JsonValueKind.Array)
                return null;
            return [.. data.EnumerateArray().Select(ReadModel).Where(found => IsChat(found.Model)).DistinctBy(found => found.Model).Take(most)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is for strings that are not valid Unicode.
            return null;
        }
    }

    private static (string Model, int ContextWindow) ReadModel(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("id"u8, out var id) || id.ValueKind != JsonValueKind.String)
            return (string.Empty, 0);
        var window = entry.TryGetProperty("max_model_len"u8, out var length) && length.ValueKind == JsonValueKind.Number && length.TryGetInt32(out var tokens) && tokens > 0 ? tokens : 0;
        return (id.GetString()!, window);
    }

    private static bool IsChat(string model) =>
        model.Length is > 0 and <= 256 && !model.Any(char.IsControl) && !Array.Exists(Embeddings, part => model.Contains(part, StringComparison.OrdinalIgnoreCase));
}
