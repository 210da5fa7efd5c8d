using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts;

/// <summary>What an expert answered, as a whole.</summary>
/// <param name="Completion">The answer in OpenAI's format, as it came.</param>
/// <param name="Usage">Tokens used, estimated where the reply had no counts.</param>
public sealed record ExpertReply(ChatCompletion Completion, TokenUsage Usage);
