using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestra.Core.Experts.ChatClients;

/// <summary>Reads messages of OpenAI's format into the abstractions' words.</summary>
internal static class ChatClientMessages
{
    /// <summary>Reads one message; throws for parts that the abstractions cannot express.</summary>
    public static ChatMessage Read(JsonElement message)
    {
        var role = message.GetProperty("role").GetString();
        var contents = new List<AIContent>();
        if (role is "tool" or "function")
        {
            contents.Add(new FunctionResultContent(TextOf(message, "tool_call_id") ?? TextOf(message, "name") ?? string.Empty, ResultOf(message)));
        }
        else
        {
            if (message.TryGetProperty("content", out var content))
                AddContent(contents, content);
            if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
                contents.AddRange(calls.EnumerateArray().Select(CallOf));
        }

        return new ChatMessage(RoleOf(role), contents) { AuthorName = TextOf(message, "name") };
    }

    private static ChatRole RoleOf(string? role) => role switch
    {
        "system" or "developer" => ChatRole.System,
        "assistant" => ChatRole.Assistant,
        "tool" or "function" => ChatRole.Tool,
        _ => ChatRole.User,
    };

    private static void AddContent(List<AIContent> contents, JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
            contents.Add(new TextContent(content.GetString()));
        else if (content.ValueKind == JsonValueKind.Array)
            contents.AddRange(content.EnumerateArray().Select(PartOf));
    }

    private static AIContent PartOf(JsonElement part)
    {
        var type = TextOf(part, "type");
        switch (type)
        {
            case "text":
                return new TextContent(part.GetProperty("text").GetString());
            case "refusal":
                return new TextContent(part.GetProperty("refusal").GetString());
            case "image_url":
                var url = part.GetProperty("image_url").GetProperty("url").GetString()!;
                return url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? new DataContent(url, mediaType: null) : new UriContent(url, "image/*");
            case "input_audio":
                var audio = part.GetProperty("input_audio");
                return new DataContent(audio.GetProperty("data").GetBytesFromBase64(), $"audio/{audio.GetProperty("format").GetString()}");
            default:
                throw new NotSupportedException("A content part of this type cannot be passed to a client.");
        }
    }

    private static FunctionCallContent CallOf(JsonElement call)
    {
        var function = call.GetProperty("function");
        var arguments = TextOf(function, "arguments");
        return FunctionCallContent.CreateFromParsedArguments(
            string.IsNullOrWhiteSpace(arguments) ? "{}" : arguments,
            TextOf(call, "id") ?? string.Empty,
            function.GetProperty("name").GetString()!,
            static text => JsonSerializer.Deserialize<Dictionary<string, object?>>(text, AIJsonUtilities.DefaultOptions));
    }

    private static string ResultOf(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
            return string.Empty;
        if (content.ValueKind != JsonValueKind.Array)
            return content.ValueKind == JsonValueKind.String ? content.GetString()! : content.GetRawText();
        return string.Join('\n', content.EnumerateArray().Select(part => TextOf(part, "text") ?? part.GetRawText()));
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
