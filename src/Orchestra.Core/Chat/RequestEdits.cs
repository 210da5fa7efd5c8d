namespace Orchestra.Core.Chat;

/// <summary>What the body sent to an expert has otherwise than the client's; everything not named here stays byte for byte.</summary>
public sealed record RequestEdits
{
    /// <summary>No change at all.</summary>
    public static readonly RequestEdits None = new();

    /// <summary>The number of output tokens to ask for at most; null leaves what the client asked.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Messages to add at the end: raw JSON objects, UTF-8 text.</summary>
    public IReadOnlyList<string> AppendMessages { get; init; } = [];

    /// <summary>Messages that replace the client's: raw JSON objects; null keeps the client's.</summary>
    public IReadOnlyList<string>? ReplaceMessages { get; init; }

    /// <summary>Raw JSON array for <c>tools</c> where the client sent none; null adds none.</summary>
    public string? Tools { get; init; }

    /// <summary>Whether the client's sampling fields, tools, response format and stop strings are left out, for requests of the conductor's own.</summary>
    public bool Bare { get; init; }
}
