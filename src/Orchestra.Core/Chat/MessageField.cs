namespace Orchestra.Core.Chat;

/// <summary>The fields of a message that Orchestra knows.</summary>
[Flags]
internal enum MessageField
{
    /// <summary>A field that is passed on untouched.</summary>
    None = 0,

    /// <summary><c>role</c>.</summary>
    Role = 1,

    /// <summary><c>content</c>.</summary>
    Content = 2,

    /// <summary><c>tool_calls</c>.</summary>
    ToolCalls = 4,

    /// <summary><c>tool_call_id</c>.</summary>
    ToolCallId = 8,

    /// <summary><c>function_call</c>.</summary>
    FunctionCall = 16,

    /// <summary><c>audio</c>.</summary>
    Audio = 32,

    /// <summary><c>refusal</c>.</summary>
    Refusal = 64,

    /// <summary>What an assistant's message may have instead of content.</summary>
    InsteadOfContent = ToolCalls | FunctionCall | Audio | Refusal,
}
