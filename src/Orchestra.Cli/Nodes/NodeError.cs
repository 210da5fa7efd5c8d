using System.Text.Json;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Nodes;

/// <summary>Reads the error object of the API: <c>{"error": {"message", "code"}}</c>.</summary>
internal static class NodeError
{
    /// <summary>The error's message and code; null where the JSON holds no error.</summary>
    public static (string Message, string? Code)? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object)
            return null;
        return (Terminal.Clean(Text(error, "message") ?? "The node gave no reason."), Text(error, "code") is { } code ? Terminal.Clean(code) : null);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
