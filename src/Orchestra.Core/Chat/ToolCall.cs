namespace Orchestra.Core.Chat;

/// <summary>A function call that a model asked for.</summary>
/// <param name="Id">The model's id of the call, repeated in the tool message that answers it.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">JSON text as the model wrote it; may be malformed.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);
