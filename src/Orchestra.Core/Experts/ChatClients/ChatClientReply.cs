using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts.ChatClients;

/// <summary>Says in OpenAI's words what a client answered.</summary>
internal static class ChatClientReply
{
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static ToolCall ToToolCall(FunctionCallContent call) =>
        new(call.CallId, call.Name, call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, Compact) : "{}");

    /// <summary>The counts, where both are there and in range.</summary>
    public static TokenUsage? UsageOf(UsageDetails? details) =>
        details is { InputTokenCount: { } input and >= 0 and <= 1_000_000_000, OutputTokenCount: { } output and >= 0 and <= 1_000_000_000 }
            ? new TokenUsage(input, output)
            : null;

    public static string ReasonOf(ChatFinishReason? reason, bool hasToolCalls) => reason?.Value ?? (hasToolCalls ? "tool_calls" : "stop");
}
