using System.Collections.Frozen;
using System.Text.Json;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Chat;

/// <summary>What routing needs to know of one content part.</summary>
/// <param name="Text">The size of its text; of what is not known to be media, too, since an upstream may read it as text.</param>
/// <param name="IsMedia">Whether it is an image, a sound, a film or a file.</param>
internal readonly record struct ContentPartFacts(TextSize Text, bool IsMedia)
{
    private static readonly FrozenSet<string> TextTypes = FrozenSet.Create(StringComparer.Ordinal, "text", "input_text", "output_text", "refusal", "thinking");

    private static readonly FrozenSet<string> MediaFields = FrozenSet.Create(
        StringComparer.Ordinal, "image_url", "image", "image_embeds", "input_image", "input_audio", "audio", "audio_url", "video", "video_url", "file", "document", "source");

    /// <summary>Reads the object at the reader's position; leaves the reader on its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="body">What it reads.</param>
    /// <param name="at">Where the part's message stands, for errors.</param>
    public static ContentPartFacts Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string at)
    {
        string? type = null;
        var hasType = false;
        var hasText = false;
        var text = default(TextSize);
        var media = default(TextSize);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isText = !isType && reader.ValueTextEquals("text"u8);
            var isMedia = !isType && !isText && MediaFields.Contains(reader.GetString()!);
            if ((isType && hasType) || (isText && hasText))
                throw OrchestraException.Invalid($"{at}.content", $"{at}.content has a part that gives '{reader.GetString()}' twice; give it once.");
            if (FieldNames.LookalikeInPart(ref reader) is { } meant)
                throw OrchestraException.Invalid($"{at}.content", $"{at}.content has a part that writes '{meant}' in another case; write it as '{meant}'.");
            hasType |= isType;
            hasText |= isText;
            reader.Read();
            if (isType)
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : string.Empty;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var size = isType ? default : TextSize.Of(body[start..(int)reader.BytesConsumed]);
            if (isMedia)
                media += size;
            else
                text += size;
        }

        var isOfText = type is null ? media.Bytes == 0 : TextTypes.Contains(type);
        return isOfText ? new ContentPartFacts(text + media, IsMedia: false) : new ContentPartFacts(text, IsMedia: true);
    }
}
