using System.Text.Json.Serialization;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Trajectories;

/// <summary>What an expert answered that was asked beside the query, for comparison alone.</summary>
public sealed record ShadowAnswer
{
    /// <summary>The trajectory of the query.</summary>
    public required string TrajectoryId { get; init; }

    /// <summary>The expert that was asked.</summary>
    public required string Expert { get; init; }

    /// <summary>The probability with which this expert was drawn for this query, above 0 and up to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>The tenant that paid.</summary>
    public required string PaidBy { get; init; }

    /// <summary>The answer, cut at <see cref="Trajectory.MaxText"/> characters; null where texts are not kept.</summary>
    public string? Text { get; init; }

    /// <summary>Why the answer ended.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The error's code where the call failed, or why Orchestra cut the answer short; null where it is whole.</summary>
    public string? Error { get; init; }

    /// <summary>Tokens used; null where the call failed.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>What the call cost.</summary>
    public Money Cost { get; init; }

    /// <summary>How long the call took.</summary>
    [JsonPropertyName("latency_ms")]
    [JsonConverter(typeof(MillisecondsConverter))]
    public TimeSpan Latency { get; init; }
}
