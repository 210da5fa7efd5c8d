using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestra.Core.Experts.ChatClients;

/// <summary>A request in the abstractions' words: messages and options.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Options">Everything else; fields that the abstractions do not know are additional properties.</param>
internal sealed record ChatClientRequest(List<ChatMessage> Messages, ChatOptions Options)
{
    /// <summary>Reads the body for the expert.</summary>
    public static ChatClientRequest Read(JsonElement body, string? model)
    {
        var options = new ChatOptions { ModelId = model };
        foreach (var field in body.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Null)
                ReadField(options, field.Name, field.Value);
        }

        return new ChatClientRequest([.. body.GetProperty("messages").EnumerateArray().Select(ChatClientMessages.Read)], options);
    }

    private static void ReadField(ChatOptions options, string name, JsonElement value)
    {
        switch (name)
        {
            case "model" or "messages" or "stream" or "stream_options":
                break;
            case "n":
                if (value.GetInt32() != 1)
                    throw new NotSupportedException("A client gives one choice.");
                break;
            case "temperature":
                options.Temperature = value.GetSingle();
                break;
            case "top_p":
                options.TopP = value.GetSingle();
                break;
            case "top_k":
                options.TopK = value.GetInt32();
                break;
            case "max_tokens" or "max_completion_tokens":
                options.MaxOutputTokens = value.GetInt32();
                break;
            case "stop":
                options.StopSequences = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(stop => stop.GetString()!)] : [value.GetString()!];
                break;
            case "seed":
                options.Seed = value.GetInt64();
                break;
            case "presence_penalty":
                options.PresencePenalty = value.GetSingle();
                break;
            case "frequency_penalty":
                options.FrequencyPenalty = value.GetSingle();
                break;
            case "response_format":
                options.ResponseFormat = FormatOf(value);
                break;
            case "tools":
                options.Tools = [.. value.EnumerateArray().Select(ToolOf)];
                break;
            case "tool_choice":
                options.ToolMode = ModeOf(value);
                break;
            case "parallel_tool_calls":
                options.AllowMultipleToolCalls = value.GetBoolean();
                break;
            default:
                (options.AdditionalProperties ??= [])[name] = value.Clone();
                break;
        }
    }

    private static ChatResponseFormat FormatOf(JsonElement format)
    {
        var type = format.GetProperty("type").GetString();
        if (type != "json_schema")
            return type == "json_object" ? ChatResponseFormat.Json : ChatResponseFormat.Text;
        var schema = format.GetProperty("json_schema");
        return schema.TryGetProperty("schema", out var body)
            ? ChatResponseFormat.ForJsonSchema(body.Clone(), TextOf(schema, "name"), TextOf(schema, "description"))
            : ChatResponseFormat.Json;
    }

    private static AIFunctionDeclaration ToolOf(JsonElement tool)
    {
        if (TextOf(tool, "type") is not (null or "function"))
            throw new NotSupportedException("A client takes functions only.");
        var function = tool.GetProperty("function");
        var schema = function.TryGetProperty("parameters", out var parameters) ? parameters.Clone() : JsonElement.Parse("""{"type":"object","properties":{}}""");
        return AIFunctionFactory.CreateDeclaration(function.GetProperty("name").GetString()!, TextOf(function, "description"), schema);
    }

    private static ChatToolMode ModeOf(JsonElement choice)
    {
        if (choice.ValueKind == JsonValueKind.Object)
            return ChatToolMode.RequireSpecific(choice.GetProperty("function").GetProperty("name").GetString()!);
        return choice.GetString() switch
        {
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            _ => ChatToolMode.Auto,
        };
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
