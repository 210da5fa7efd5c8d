using System.Text.Json;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>What one event of a stream says, as far as Orchestra needs to know it.</summary>
/// <param name="HasChoices">Whether it has at least one choice.</param>
/// <param name="Finished">Choices that end with it.</param>
/// <param name="FinishReason">Why the first of them ended.</param>
/// <param name="Usage">The usage that it reports.</param>
/// <param name="HasError">Whether it reports an error.</param>
/// <param name="Tokens">Output tokens in it, as estimated from the texts of its deltas.</param>
internal readonly record struct EventFacts(bool HasChoices, int Finished, string? FinishReason, TokenUsage? Usage, bool HasError, int Tokens)
{
    /// <summary>Bytes of text that one token hardly ever exceeds.</summary>
    private const int LongestToken = 16;


    /// <summary>Reads an event's data; throws <see cref="JsonException"/> where that is not a JSON object.</summary>
    public static EventFacts Read(ReadOnlySpan<byte> data)
    {
        var facts = default(EventFacts);
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The event is not a JSON object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                facts = ReadChoices(ref reader, facts);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                facts = facts with { Usage = TokenUsageReader.Read(ref reader) };
            }
            else
            {
                var isError = reader.ValueTextEquals("error"u8);
                reader.Read();
                facts = facts with { HasError = facts.HasError || (isError && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String) };
                reader.Skip();
            }
        }

        // The reader throws for what follows the object.
        reader.Read();
        return facts;
    }

    private static EventFacts ReadChoices(ref Utf8JsonReader reader, EventFacts facts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return facts;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            facts = facts with { HasChoices = true };
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("A choice of the event is not an object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isReason = reader.ValueTextEquals("finish_reason"u8);
                var isDelta = reader.ValueTextEquals("delta"u8);
                reader.Read();
                if (isDelta)
                    facts = facts with { Tokens = facts.Tokens + TokensOf(ReadDelta(ref reader)) };
                if (isReason && reader.TokenType == JsonTokenType.String)
                    facts = facts with { Finished = facts.Finished + 1, FinishReason = facts.FinishReason ?? ReasonOf(ref reader) };
                reader.Skip();
            }
        }

        return facts with { Tokens = facts.HasChoices ? Math.Max(1, facts.Tokens) : 0 };
    }

    /// <summary>Bytes of the delta's texts: content, reasoning, arguments of calls, whatever the upstream calls them. Leaves the reader on the delta's end.</summary>
    private static long ReadDelta(ref Utf8JsonReader reader)
    {
        long bytes = 0;
        var depth = reader.CurrentDepth;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return 0;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.String)
                bytes += reader.ValueSpan.Length;
        }

        return bytes;
    }

    /// <summary>Most upstreams send one token at a time, whatever its length; others many at once.</summary>
    private static int TokensOf(long bytes) => bytes <= LongestToken ? 1 : (int)Math.Min(int.MaxValue / 2, TokenEstimator.Likely(bytes));

    /// <summary>The reason, unless it is a text that nobody should carry about.</summary>
    private static string ReasonOf(ref Utf8JsonReader reader) => reader.ValueSpan.Length <= 64 ? reader.GetString()! : "stop";
}
