using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Conducting;

/// <summary>What an expert returned to the conductor, or the error with which it failed.</summary>
public sealed record Observation
{
    /// <summary>Its number within the query, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>The pass of the loop in which it was made, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>The move that brought it.</summary>
    public required Move Move { get; init; }

    /// <summary>The expert that was asked.</summary>
    public required string Expert { get; init; }

    /// <summary>The answer; null where the call failed.</summary>
    public ChatCompletion? Completion { get; init; }

    /// <summary>The stable code of the error, one of <see cref="Errors.ErrorCode"/>; null where the call succeeded.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The error's message; null where the call succeeded.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Why Orchestra ended the answer before its end: <c>insufficient_quota</c>, <c>deadline</c> or <c>max_tokens</c>; null where it did not.</summary>
    public string? Stopped { get; init; }

    /// <summary>Tokens used.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>What the call cost.</summary>
    public Money Cost { get; init; }

    /// <summary>How long the call took.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>What the verifiers think of it; null while none has looked.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Whether the call succeeded.</summary>
    public bool Succeeded => Completion is not null;

    /// <summary>The answer's text, or the error's message.</summary>
    public string Text => Completion?.Text ?? ErrorMessage ?? string.Empty;
}
