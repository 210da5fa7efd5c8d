using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>Reads the <c>usage</c> object of answers and stream chunks.</summary>
public static class TokenUsageReader
{
    /// <summary>Reads the value behind the property name that the reader stands on; null where it is not an object with both counts in range.</summary>
    public static TokenUsage? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? input = null;
        long? output = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isInput = reader.ValueTextEquals("prompt_tokens"u8);
            var isOutput = reader.ValueTextEquals("completion_tokens"u8);
            reader.Read();
            if (isInput)
                input = Count(ref reader);
            else if (isOutput)
                output = Count(ref reader);
            reader.Skip();
        }

        return input is { } i && output is { } o ? new TokenUsage(i, o) : null;
    }

    /// <summary>A count that a hostile upstream cannot use to overflow a tenant's account.</summary>
    private static long? Count(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) && count is >= 0 and <= 1_000_000_000 ? count : null;
}
