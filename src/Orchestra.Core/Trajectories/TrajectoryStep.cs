using System.Text.Json.Serialization;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;

namespace Orchestra.Core.Trajectories;

/// <summary>One move of a trajectory and what came of it.</summary>
public sealed record TrajectoryStep
{
    /// <summary>The pass of the loop, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>The move's kind: <c>delegate</c>, <c>assess</c>, <c>call_tool</c>, <c>verify</c>, <c>finish</c>, <c>refuse</c>.</summary>
    public required string Move { get; init; }

    /// <summary>The expert, or the number of the observation that the move is about.</summary>
    public required string Target { get; init; }

    /// <summary>Why the conductor made it.</summary>
    public required string Reason { get; init; }

    /// <summary>With which probabilities the conductor drew the decision; null where it draws nothing, or where a limit made the move in its place.</summary>
    public DecisionOdds? Odds { get; init; }

    /// <summary>The number of the observation that it brought; null where it brought none.</summary>
    public int? ObservationId { get; init; }

    /// <summary>What was observed, cut at <see cref="Trajectory.MaxText"/> characters; null where texts are not kept or the answer was passed on unread.</summary>
    public string? Observation { get; init; }

    /// <summary>Why the answer ended.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The error's code, where the call failed.</summary>
    public string? Error { get; init; }

    /// <summary>What the verifiers thought of it.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Tokens used.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>What the move cost.</summary>
    public Money Cost { get; init; }

    /// <summary>How long it took.</summary>
    [JsonPropertyName("latency_ms")]
    [JsonConverter(typeof(MillisecondsConverter))]
    public TimeSpan Latency { get; init; }
}
