using System.Text;
using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>
/// A request of OpenAI's chat completions API: the client's JSON as it came, with the few facts that routing needs read from it.
/// Made by <see cref="ChatRequestReader"/>; the body is never rebuilt from objects, so that unknown fields survive.
/// </summary>
public sealed class ChatRequest
{
    private string? _lastUserText;
    private string? _promptText;

    internal ChatRequest(ReadOnlyMemory<byte> body, ChatField[] fields)
    {
        Body = body;
        Fields = fields;
    }

    /// <summary>The JSON as it came, UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The model's name as the client wrote it.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the client wants server-sent events.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether the client wants the usage chunk at the end of the stream.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>Output tokens that the client asked for at most, the smaller number where it gave both fields for it; null where it said nothing.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Number of choices, 1 unless the client asked for more.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Whether the client offers tools of its own.</summary>
    public bool HasTools { get; init; }

    /// <summary>Whether the client requires JSON (<c>response_format</c> of type <c>json_object</c> or <c>json_schema</c>).</summary>
    public bool RequiresJson { get; init; }

    /// <summary>Number of image, audio and file parts.</summary>
    public int MediaParts { get; init; }

    /// <summary>Number of messages.</summary>
    public int MessageCount { get; init; }

    /// <summary>Whether the conversation is more than one user message behind optional system messages.</summary>
    public bool IsMultiTurn { get; init; }

    /// <summary>Bytes of text in messages, tools and fields that Orchestra does not know; media left out.</summary>
    public long TextBytes => Text.Bytes;

    /// <summary>The size of that text.</summary>
    public TextSize Text { get; init; }

    /// <summary>The likely number of prompt tokens.</summary>
    public long LikelyPromptTokens => TokenEstimator.Likely(TextBytes) + ((long)MediaParts * TokenEstimator.TokensPerImage);

    /// <summary>A number of prompt tokens that is hardly ever exceeded; reservations are made with it.</summary>
    public long CeilingPromptTokens =>
        TokenEstimator.Ceiling(Text) + (8L * MessageCount) + 16 + ((long)MediaParts * TokenEstimator.TokensPerImage);

    /// <summary>The text of the last user message; empty where it has none.</summary>
    public string LastUserText => _lastUserText ??= ChatRequestText.LastUser(this);

    /// <summary>The texts of the user messages, in their order.</summary>
    public IReadOnlyList<string> UserTexts => ChatRequestText.Users(this);

    /// <summary>The text of all messages, one after another, with line breaks between.</summary>
    public string PromptText => _promptText ??= ChatRequestText.All(this);

    internal ChatField[] Fields { get; }

    /// <summary>Whether the client gave a top-level field of this name, in whatever case, with any value but null.</summary>
    public bool Has(string name)
    {
        foreach (var field in Fields)
        {
            if (FieldNames.Is(Body.Span[field.NameStart..field.ValueStart], name) && !Body.Span[field.ValueStart..field.End].SequenceEqual("null"u8))
                return true;
        }

        return false;
    }

    /// <summary>The raw JSON value of a known field; empty where the client did not send it.</summary>
    internal ReadOnlyMemory<byte> ValueOf(ChatFieldKind kind)
    {
        foreach (var field in Fields)
        {
            if (field.Kind == kind)
                return Body[field.ValueStart..field.End];
        }

        return default;
    }

    /// <summary>The messages as JSON; dispose it.</summary>
    public JsonDocument ParseMessages() => JsonDocument.Parse(ValueOf(ChatFieldKind.Messages));

    /// <summary>A request of one user message, for callers inside the process.</summary>
    public static ChatRequest FromText(string model, string text, bool stream = false)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { model, stream, messages = new[] { new { role = "user", content = text } } });
        return ChatRequestReader.Read(body);
    }

    /// <summary>The body's JSON; for diagnosis in tests, never for logs.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Body.Span);
}
