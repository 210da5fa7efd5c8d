using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>
/// The names of a request's fields. Some servers match names without regard to case, and of two fields of one name some take the first and some the last;
/// a request that means one thing to Orchestra and another to the upstream could spend what was never reserved, so both are refused.
/// </summary>
internal static class FieldNames
{
    private const int LongestLookalike = 256;

    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"u8);
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal, "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "n", "tools", "response_format");

    private static readonly FrozenSet<string> KnownInMessages = FrozenSet.Create(StringComparer.Ordinal, "role", "content", "tool_calls", "tool_call_id");
    private static readonly FrozenSet<string> KnownInParts = FrozenSet.Create(StringComparer.Ordinal, "type", "text");

    /// <summary>Which field the name at the reader's position is.</summary>
    public static ChatFieldKind KindOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("model"u8))
            return ChatFieldKind.Model;
        if (reader.ValueTextEquals("messages"u8))
            return ChatFieldKind.Messages;
        if (reader.ValueTextEquals("stream"u8))
            return ChatFieldKind.Stream;
        if (reader.ValueTextEquals("stream_options"u8))
            return ChatFieldKind.StreamOptions;
        if (reader.ValueTextEquals("max_tokens"u8))
            return ChatFieldKind.MaxTokens;
        if (reader.ValueTextEquals("max_completion_tokens"u8))
            return ChatFieldKind.MaxCompletionTokens;
        if (reader.ValueTextEquals("tools"u8))
            return ChatFieldKind.Tools;
        if (reader.ValueTextEquals("response_format"u8))
            return ChatFieldKind.ResponseFormat;
        return reader.ValueTextEquals("n"u8) ? ChatFieldKind.Choices : ChatFieldKind.Other;
    }

    /// <summary>The request's field that a name would be without regard to case, where it is not that name itself; null otherwise.</summary>
    public static string? Lookalike(ref Utf8JsonReader reader) => Lookalike(ref reader, Known);

    /// <summary>The same for the fields of a message.</summary>
    public static string? LookalikeInMessage(ref Utf8JsonReader reader) => Lookalike(ref reader, KnownInMessages);

    /// <summary>The same for the fields of a content part.</summary>
    public static string? LookalikeInPart(ref Utf8JsonReader reader) => Lookalike(ref reader, KnownInParts);

    /// <summary>Whether a field's name, as it stands in the JSON, is this one for any server.</summary>
    /// <param name="json">JSON that begins with the name.</param>
    /// <param name="name">The name that is looked for.</param>
    public static bool Is(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        if (!reader.Read())
            return false;
        if (!reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan))
            return Ascii.EqualsIgnoreCase(reader.ValueSpan, name);
        return Folded(reader.GetString()!) == Folded(name);
    }

    private static string? Lookalike(ref Utf8JsonReader reader, FrozenSet<string> known)
    {
        if (reader.ValueSpan.Length > LongestLookalike || !reader.ValueSpan.ContainsAnyExcept(PlainBytes))
            return null;
        var name = reader.GetString()!;

        var folded = Folded(name);
        return folded != name && known.Contains(folded) ? folded : null;
    }

    /// <summary>The long s and the Kelvin sign are equal to s and k for servers that fold all of Unicode.</summary>
    private static string Folded(string name) => name.ToLowerInvariant().Replace('\u017F', 's').Replace('\u212A', 'k');
}
