using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>What an upstream says in an error reply, made fit to be shown.</summary>
/// <param name="Message">The message, cut at 500 characters, without control characters and without the key; empty where there is none.</param>
/// <param name="Code">The error's code or type in lower case; empty where there is none.</param>
internal sealed record UpstreamErrorBody(string Message, string Code)
{
    /// <summary>Characters at which a message is cut.</summary>
    public const int MaxMessage = 500;

    private static readonly UpstreamErrorBody Empty = new(string.Empty, string.Empty);

    /// <summary>Reads an error reply in any of the usual shapes: <c>error</c> as object or text, or <c>message</c> or <c>detail</c> at the top.</summary>
    public static UpstreamErrorBody Read(ReadOnlyMemory<byte> body, string? key)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
                root = root[0];
            if (root.ValueKind != JsonValueKind.Object)
                return Empty;
            if (!root.TryGetProperty("error"u8, out var error))
                error = root;
            return error.ValueKind == JsonValueKind.Object
                ? new UpstreamErrorBody(Clean(FirstText(error, "message", "detail"), key), FirstText(error, "code", "type").ToLowerInvariant())
                : new UpstreamErrorBody(Clean(TextOf(error), key), string.Empty);
        }
        catch (JsonException)
        {
            return Empty;
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid UTF-16, such as half a surrogate pair.
            return Empty;
        }
    }

    /// <summary>Makes a foreign text fit to be shown.</summary>
    public static string Clean(string text, string? key)
    {
        if (key is not null)
            text = text.Replace(key, "[key]", StringComparison.Ordinal);
        var clean = new StringBuilder(Math.Min(text.Length, MaxMessage));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > MaxMessage)
                break;
            if (rune.Value != ' ' && !IsUnprintable(rune))
                clean.Append(rune.ToString());
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
        }

        return clean.ToString().Trim();
    }

    private static bool IsUnprintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string FirstText(JsonElement element, string first, string second)
    {
        var text = element.TryGetProperty(first, out var value) ? TextOf(value) : string.Empty;
        return text.Length == 0 && element.TryGetProperty(second, out var other) ? TextOf(other) : text;
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
}
