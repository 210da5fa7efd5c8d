using System.Text;
using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>Reads the plain text out of a request's messages.</summary>
internal static class ChatRequestText
{
    public static string LastUser(ChatRequest request) => Users(request) is [.., var last] ? last : string.Empty;

    public static List<string> Users(ChatRequest request)
    {
        using var messages = request.ParseMessages();
        var texts = new List<string>();
        foreach (var message in messages.RootElement.EnumerateArray())
        {
            if (message.GetProperty("role").ValueEquals("user") && message.TryGetProperty("content", out var content))
                texts.Add(TextOf(content));
        }

        return texts;
    }

    public static string All(ChatRequest request)
    {
        using var messages = request.ParseMessages();
        var text = new StringBuilder();
        foreach (var message in messages.RootElement.EnumerateArray())
        {
            if (message.TryGetProperty("content", out var content))
                text.Append(text.Length == 0 ? string.Empty : "\n").Append(TextOf(content));
        }

        return text.ToString();
    }

    private static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(PartText).Where(text => text.Length > 0)),
        _ => string.Empty,
    };

    private static string PartText(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => part.GetString()!,
        JsonValueKind.Object when part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => text.GetString()!,
        _ => string.Empty,
    };
}
