using System.Collections.Frozen;
using System.Text.Json;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Chat;

/// <summary>What routing needs to know of one content part.</summary>
/// <param name="TextBytes">Bytes of its text; of what is not known to be media, too, since an upstream may read it as text.</param>
/// <param name="IsMedia">Whether it is an image, a sound, a film or a file.</param>
internal readonly record struct ContentPartFacts(long TextBytes, bool IsMedia)
{
    private static readonly FrozenSet<string> TextTypes = FrozenSet.Create(StringComparer.Ordinal, "text", "input_text", "output_text", "refusal", "thinking");

    private static readonly FrozenSet<string> MediaFields = FrozenSet.Create(
        StringComparer.Ordinal, "image_url", "image", "image_embeds", "input_image", "input_audio", "audio", "audio_url", "video", "video_url", "file", "document", "source");

    /// <summary>Reads the object at the reader's position; leaves the reader on its end.</summary>
    public static ContentPartFacts Read(ref Utf8JsonReader reader, string at)
    {
        string? type = null;
        var hasType = false;
        var hasText = false;
        long textBytes = 0;
        long mediaBytes = 0;
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
            var start = reader.TokenStartIndex;
            reader.Skip();
            if (isMedia)
                mediaBytes += reader.BytesConsumed - start;
            else if (!isType)
                textBytes += reader.BytesConsumed - start;
        }

        var isOfText = type is null ? mediaBytes == 0 : TextTypes.Contains(type);
        return isOfText ? new ContentPartFacts(textBytes + mediaBytes, IsMedia: false) : new ContentPartFacts(textBytes, IsMedia: true);
    }
}
