using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestra.Client;

/// <summary>One request and what its response says beyond OpenAI's format; it follows the call through the SDK.</summary>
internal sealed class Exchange
{
    private const string TrajectoryHeader = "x-orchestra-trajectory";
    private const string ExpertsHeader = "x-orchestra-experts";
    private static readonly AsyncLocal<Exchange?> Ambient = new();
    private string[] _experts = [];
    private decimal? _costUsd;
    private string? _reason;

    private Exchange(string? conversationId) => ConversationId = conversationId;

    /// <summary>The header, and the comment in a stream, that say the cost.</summary>
    public const string CostHeader = "x-orchestra-cost-usd";

    /// <summary>The exchange of the running call.</summary>
    public static Exchange? Current => Ambient.Value;

    /// <summary>The id of the chat; null for none.</summary>
    public string? ConversationId { get; }

    /// <summary>The query's trajectory.</summary>
    public string? Trajectory { get; private set; }

    /// <summary>The error that ended a stream; null where none did.</summary>
    public JsonElement? Error { get; private set; }

    /// <summary>Whether a stream came to its end mark.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Begins an exchange in this flow of control.</summary>
    public static Exchange Begin(string? conversationId)
    {
        var exchange = new Exchange(conversationId);
        Ambient.Value = exchange;
        return exchange;
    }

    /// <summary>Takes what the response's headers say.</summary>
    public void Note(PipelineResponse response)
    {
        Trajectory = response.Headers.TryGetValue(TrajectoryHeader, out var trajectory) ? trajectory : null;
        _experts = response.Headers.TryGetValue(ExpertsHeader, out var experts) ? experts?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [] : [];
        if (response.Headers.TryGetValue(CostHeader, out var cost))
            NoteCost(cost);
    }

    /// <summary>Takes the cost.</summary>
    public void NoteCost(string? text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cost))
            _costUsd = cost;
    }

    /// <summary>Takes a whole answer, or an event of a stream: its data without <c>data: </c>, UTF-8.</summary>
    public void NoteEvent(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            IsWhole = true;
            return;
        }

        var isError = data.StartsWith("{\"error\""u8);
        if (!isError && data.IndexOf("\"orchestra\":"u8) < 0)
            return;
        var reader = new Utf8JsonReader(data);
        try
        {
            using var json = JsonDocument.ParseValue(ref reader);
            if (isError)
                Error = json.RootElement.GetProperty("error"u8).Clone();
            else
                NoteReason(json.RootElement);
        }
        catch (JsonException)
        {
            // The SDK will say so.
        }
    }

    /// <summary>Adds what is known to a response's properties.</summary>
    public void WriteTo(AdditionalPropertiesDictionary properties)
    {
        if (Trajectory is not null)
            properties[AnswerProperties.Trajectory] = Trajectory;
        properties[AnswerProperties.Experts] = _experts;
        if (_costUsd is { } cost)
            properties[AnswerProperties.CostUsd] = cost;
        if (_reason is not null)
            properties[AnswerProperties.Reason] = _reason;
    }

    private void NoteReason(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("orchestra"u8, out var own) && own.ValueKind == JsonValueKind.Object &&
            own.TryGetProperty("reason"u8, out var reason) && reason.ValueKind == JsonValueKind.String)
            _reason = reason.GetString();
    }
}
