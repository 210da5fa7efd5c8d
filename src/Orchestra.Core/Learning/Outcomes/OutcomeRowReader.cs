using System.Text.Json;

namespace Orchestra.Core.Learning.Outcomes;

/// <summary>Reads one row of an outcome table from its JSON; fields that it does not know are left aside.</summary>
internal static class OutcomeRowReader
{
    private const long MostTokens = 1_000_000_000;
    private const decimal MostDollars = 1_000_000;
    private const double MostSeconds = 24 * 60 * 60;

    /// <summary>The row; throws <see cref="JsonException"/> that says what is wrong without quoting the text.</summary>
    public static OutcomeRow Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("a text is not valid Unicode", exception);
        }
    }

    private static OutcomeRow Read(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
            throw new JsonException("the line is not a JSON object");
        if (!row.TryGetProperty("outcomes", out var models) || models.ValueKind != JsonValueKind.Object)
            throw new JsonException("'outcomes' is missing or not an object");
        var outcomes = new OrderedDictionary<string, Outcome>();
        foreach (var model in models.EnumerateObject())
            outcomes[model.Name] = ReadOutcome(model.Value);
        return new OutcomeRow(Text(row, "id") ?? throw Missing("id"), Text(row, "task") ?? string.Empty, Text(row, "prompt") ?? throw Missing("prompt"), outcomes)
        {
            Answer = Text(row, "answer", numbersToo: true),
        };
    }

    private static Outcome ReadOutcome(JsonElement outcome)
    {
        if (outcome.ValueKind != JsonValueKind.Object)
            throw new JsonException("an outcome is not an object");
        if (!outcome.TryGetProperty("score", out var score) || score.ValueKind != JsonValueKind.Number || !score.TryGetDouble(out var value) || value is not (>= 0 and <= 1))
            throw new JsonException("a 'score' is missing or not a number from 0 to 1");
        return new Outcome(value)
        {
            InputTokens = Tokens(outcome, "input_tokens"),
            OutputTokens = Tokens(outcome, "output_tokens"),
            CostUsd = Field(outcome, "cost_usd") is { } cost
                ? cost.ValueKind == JsonValueKind.Number && cost.TryGetDecimal(out var dollars) && dollars is >= 0 and <= MostDollars ? dollars : throw Range("cost_usd")
                : null,
            LatencySeconds = Field(outcome, "latency_s") is { } latency
                ? latency.ValueKind == JsonValueKind.Number && latency.TryGetDouble(out var seconds) && seconds is >= 0 and <= MostSeconds ? seconds : throw Range("latency_s")
                : null,
            Response = Text(outcome, "response"),
        };
    }

    private static long? Tokens(JsonElement outcome, string name)
    {
        if (Field(outcome, name) is not { } field)
            return null;
        return field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out var count) && count is >= 0 and <= MostTokens ? count : throw Range(name);
    }

    private static string? Text(JsonElement element, string name, bool numbersToo = false)
    {
        if (Field(element, name) is not { } field)
            return null;
        if (numbersToo && field.ValueKind == JsonValueKind.Number)
            return field.GetRawText();
        return field.ValueKind == JsonValueKind.String ? field.GetString() : throw new JsonException($"'{name}' is not a text");
    }

    /// <summary>The field; null where it is absent or null, which tables use alike.</summary>
    private static JsonElement? Field(JsonElement element, string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;

    private static JsonException Missing(string name) => new($"'{name}' is missing");

    private static JsonException Range(string name) => new($"a '{name}' is not a number in range");
}
