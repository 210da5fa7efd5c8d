using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;

namespace Orchestra.Core.Quality;

/// <summary>
/// Rejects an answer that is not the JSON that the client requires: one value and nothing around it, an object for <c>json_object</c>, and for
/// <c>json_schema</c> the schema's type and required keys at the top level.
/// </summary>
public sealed class JsonVerifier : IVerifier
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct)
    {
        if (!situation.Request.RequiresJson || observation.Completion is not { HasToolCalls: false, Refusal: null } completion)
            return new(result: null);
        return new(FaultOf(situation.Request, completion.Text) is { } fault
            ? new Verdict(false, 0.98, Name, fault)
            : new Verdict(true, 0.6, Name, "The answer is the JSON that is required."));
    }

    private static string? FaultOf(ChatRequest request, string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            using var format = JsonDocument.Parse(request.ValueOf(ChatFieldKind.ResponseFormat));
            var root = answer.RootElement;
            return IsSchema(format.RootElement, out var schema) ? FaultBySchema(root, schema)
                : root.ValueKind == JsonValueKind.Object ? null : "The answer must be a JSON object.";
        }
        catch (JsonException) when (text.TrimStart().StartsWith("```", StringComparison.Ordinal))
        {
            return "The answer must be bare JSON, without a code fence around it.";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is what the reader throws where a name is half a surrogate pair.
            return "The answer must be one valid JSON value and nothing else.";
        }
    }

    private static bool IsSchema(JsonElement format, out JsonElement schema)
    {
        schema = default;
        return format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("json_schema") &&
               format.TryGetProperty("json_schema", out var outer) && outer.ValueKind == JsonValueKind.Object &&
               outer.TryGetProperty("schema", out schema) && schema.ValueKind == JsonValueKind.Object;
    }

    private static string? FaultBySchema(JsonElement answer, JsonElement schema)
    {
        if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && !IsOfType(answer, type.GetString()!))
            return $"The answer must be a JSON value of type {Short(type.GetString()!)}.";
        if (answer.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("required", out var required) || required.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var key in required.EnumerateArray())
        {
            if (key.ValueKind == JsonValueKind.String && !answer.TryGetProperty(key.GetString()!, out _))
                return $"The JSON lacks the required key '{Short(key.GetString()!)}'.";
        }

        return null;
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == decimal.Truncate(number),
        _ => true,
    };

    private static string Short(string text) => text.Length <= 64 ? text : text[..64];
}
