namespace Orchestra.Core.Chat;

/// <summary>Tokens that one call used.</summary>
/// <param name="Input">Prompt tokens.</param>
/// <param name="Output">Completion tokens.</param>
/// <param name="Estimated">Whether Orchestra estimated the counts because the reply had none.</param>
public readonly record struct TokenUsage(long Input, long Output, bool Estimated = false);
