namespace Orchestra.Core.Chat;

/// <summary>The top-level fields that Orchestra knows; all others are passed on untouched.</summary>
internal enum ChatFieldKind
{
    /// <summary>A field that is passed on untouched.</summary>
    Other,

    /// <summary><c>model</c>.</summary>
    Model,

    /// <summary><c>messages</c>.</summary>
    Messages,

    /// <summary><c>stream</c>.</summary>
    Stream,

    /// <summary><c>stream_options</c>.</summary>
    StreamOptions,

    /// <summary><c>max_tokens</c>.</summary>
    MaxTokens,

    /// <summary><c>max_completion_tokens</c>.</summary>
    MaxCompletionTokens,

    /// <summary><c>tools</c>.</summary>
    Tools,

    /// <summary><c>response_format</c>.</summary>
    ResponseFormat,

    /// <summary><c>n</c>.</summary>
    Choices,
}
