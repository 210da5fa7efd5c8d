using System.Text.Json;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Chat;

/// <summary>What routing needs to know of a request's messages.</summary>
/// <param name="Count">Number of messages.</param>
/// <param name="SystemCount">Number of system and developer messages.</param>
/// <param name="Text">The size of text, names and tool calls; media left out.</param>
/// <param name="MediaParts">Number of image, audio and file parts.</param>
internal readonly record struct MessageFacts(int Count, int SystemCount, TextSize Text, int MediaParts)
{
    private const string Roles = "system, developer, user, assistant, tool or function";

    /// <summary>Reads the array at the reader's position; leaves the reader on its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="body">What it reads.</param>
    public static MessageFacts Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw OrchestraException.Invalid("messages", "The field 'messages' must be a non-empty array.");
        var facts = default(MessageFacts);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            facts = ReadMessage(ref reader, body, facts);
        return facts.Count > 0 ? facts : throw OrchestraException.Invalid("messages", "The field 'messages' is empty: give at least one message.");
    }

    private static MessageFacts ReadMessage(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, MessageFacts facts)
    {
        var at = $"messages[{facts.Count}]";
        if (reader.TokenType != JsonTokenType.StartObject)
            throw OrchestraException.Invalid(at, $"{at} must be an object with 'role' and 'content'.");
        Role? role = null;
        var named = MessageField.None;
        var given = MessageField.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader, at, named);
            named |= field;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
                given |= field;
            if (field == MessageField.Role)
                role = RoleOf(ref reader) ?? throw OrchestraException.Invalid($"{at}.role", $"{at}.role must be {Roles}.");
            else if (field == MessageField.Content)
                facts = ReadContent(ref reader, body, facts, at);
            else
                facts = SkipText(ref reader, body, facts);
        }

        Check(role, given, at);
        return facts with { Count = facts.Count + 1, SystemCount = facts.SystemCount + (role == Role.System ? 1 : 0) };
    }

    private static void Check(Role? role, MessageField given, string at)
    {
        if (role is null)
            throw OrchestraException.Invalid($"{at}.role", $"{at}.role is missing: it must be {Roles}.");
        if (!given.HasFlag(MessageField.Content) && !(role == Role.Assistant && (given & MessageField.InsteadOfContent) != MessageField.None))
            throw OrchestraException.Invalid($"{at}.content", $"{at}.content is missing: give a string or an array of content parts.");
        if (role == Role.Tool && !given.HasFlag(MessageField.ToolCallId))
            throw OrchestraException.Invalid($"{at}.tool_call_id", $"{at}.tool_call_id is missing: a tool message names the call that it answers.");
    }

    private static MessageFacts SkipText(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, MessageFacts facts)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return facts with { Text = facts.Text + TextSize.Of(body[start..(int)reader.BytesConsumed]) };
    }

    private static MessageFacts ReadContent(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, MessageFacts facts, string at)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return facts with { Text = facts.Text + TextSize.Of(reader.ValueSpan) };
            case JsonTokenType.Null:
                return facts;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    facts = ReadPart(ref reader, body, facts, at);
                return facts;
            default:
                throw OrchestraException.Invalid($"{at}.content", $"{at}.content must be a string or an array of content parts.");
        }
    }

    private static MessageFacts ReadPart(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, MessageFacts facts, string at)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw OrchestraException.Invalid($"{at}.content", $"{at}.content must hold objects with a 'type'.");
        var part = ContentPartFacts.Read(ref reader, body, at);
        return facts with { Text = facts.Text + part.Text, MediaParts = facts.MediaParts + (part.IsMedia ? 1 : 0) };
    }

    private static MessageField FieldOf(ref Utf8JsonReader reader, string at, MessageField named)
    {
        var field =
            reader.ValueTextEquals("role"u8) ? MessageField.Role
            : reader.ValueTextEquals("content"u8) ? MessageField.Content
            : reader.ValueTextEquals("tool_calls"u8) ? MessageField.ToolCalls
            : reader.ValueTextEquals("tool_call_id"u8) ? MessageField.ToolCallId
            : reader.ValueTextEquals("function_call"u8) ? MessageField.FunctionCall
            : reader.ValueTextEquals("audio"u8) ? MessageField.Audio
            : reader.ValueTextEquals("refusal"u8) ? MessageField.Refusal
            : MessageField.None;
        if ((named & field) != MessageField.None)
            throw OrchestraException.Invalid($"{at}.{reader.GetString()}", $"{at}.{reader.GetString()} is given twice; give it once.");
        if (field == MessageField.None && FieldNames.LookalikeInMessage(ref reader) is { } meant)
            throw OrchestraException.Invalid($"{at}.{meant}", $"{at}.{meant} is written in another case; write it as '{meant}'.");
        return field;
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
