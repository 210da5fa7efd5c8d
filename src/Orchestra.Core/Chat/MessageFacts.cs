using System.Text.Json;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Chat;

/// <summary>What routing needs to know of a request's messages.</summary>
/// <param name="Count">Number of messages.</param>
/// <param name="SystemCount">Number of system and developer messages.</param>
/// <param name="TextBytes">Bytes of text, names and tool calls; media left out.</param>
/// <param name="MediaParts">Number of image, audio and file parts.</param>
internal readonly record struct MessageFacts(int Count, int SystemCount, long TextBytes, int MediaParts)
{
    private const string Roles = "system, developer, user, assistant, tool or function";

    /// <summary>Reads the array at the reader's position; leaves the reader on its end.</summary>
    public static MessageFacts Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw OrchestraException.Invalid("messages", "The field 'messages' must be a non-empty array.");
        var facts = default(MessageFacts);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            facts = ReadMessage(ref reader, facts);
        return facts.Count > 0 ? facts : throw OrchestraException.Invalid("messages", "The field 'messages' is empty: give at least one message.");
    }

    private static MessageFacts ReadMessage(ref Utf8JsonReader reader, MessageFacts facts)
    {
        var at = $"messages[{facts.Count}]";
        if (reader.TokenType != JsonTokenType.StartObject)
            throw OrchestraException.Invalid(at, $"{at} must be an object with 'role' and 'content'.");
        Role? role = null;
        var hasContent = false;
        var hasCalls = false;
        var hasCallId = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("role"u8))
            {
                reader.Read();
                role = RoleOf(ref reader) ?? throw OrchestraException.Invalid($"{at}.role", $"{at}.role must be {Roles}.");
            }
            else if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                hasContent = reader.TokenType != JsonTokenType.Null;
                facts = ReadContent(ref reader, facts, at);
            }
            else
            {
                hasCalls |= reader.ValueTextEquals("tool_calls"u8) || reader.ValueTextEquals("function_call"u8) || reader.ValueTextEquals("audio"u8) || reader.ValueTextEquals("refusal"u8);
                hasCallId |= reader.ValueTextEquals("tool_call_id"u8);
                reader.Read();
                var start = reader.TokenStartIndex;
                reader.Skip();
                facts = facts with { TextBytes = facts.TextBytes + reader.BytesConsumed - start };
            }
        }

        if (role is null)
            throw OrchestraException.Invalid($"{at}.role", $"{at}.role is missing: it must be {Roles}.");
        if (!hasContent && !(role == Role.Assistant && hasCalls))
            throw OrchestraException.Invalid($"{at}.content", $"{at}.content is missing: give a string or an array of content parts.");
        if (role == Role.Tool && !hasCallId)
            throw OrchestraException.Invalid($"{at}.tool_call_id", $"{at}.tool_call_id is missing: a tool message names the call that it answers.");
        return facts with { Count = facts.Count + 1, SystemCount = facts.SystemCount + (role == Role.System ? 1 : 0) };
    }

    private static MessageFacts ReadContent(ref Utf8JsonReader reader, MessageFacts facts, string at)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return facts with { TextBytes = facts.TextBytes + reader.ValueSpan.Length };
            case JsonTokenType.Null:
                return facts;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    facts = ReadPart(ref reader, facts, at);
                return facts;
            default:
                throw OrchestraException.Invalid($"{at}.content", $"{at}.content must be a string or an array of content parts.");
        }
    }

    private static MessageFacts ReadPart(ref Utf8JsonReader reader, MessageFacts facts, string at)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw OrchestraException.Invalid($"{at}.content", $"{at}.content must hold objects with a 'type'.");
        var depth = reader.CurrentDepth;
        long bytes = 0;
        var isText = true;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth))
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
                isText = reader.TokenType == JsonTokenType.String && (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("refusal"u8));
            var start = reader.TokenStartIndex;
            reader.Skip();
            bytes += isType ? 0 : reader.BytesConsumed - start;
        }

        return isText ? facts with { TextBytes = facts.TextBytes + bytes } : facts with { MediaParts = facts.MediaParts + 1 };
    }

    private static Role? RoleOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return null;
        if (reader.ValueTextEquals("user"u8))
            return Role.User;
        if (reader.ValueTextEquals("assistant"u8))
            return Role.Assistant;
        if (reader.ValueTextEquals("system"u8) || reader.ValueTextEquals("developer"u8))
            return Role.System;
        if (reader.ValueTextEquals("tool"u8))
            return Role.Tool;
        return reader.ValueTextEquals("function"u8) ? Role.Function : null;
    }

    private enum Role
    {
        User,
        Assistant,
        System,
        Tool,
        Function,
    }
}
