using System.Text.Json.Serialization;
using Orchestra.Core.Budgets;
using Orchestra.Core.Conducting;

namespace Orchestra.Core.Trajectories;

/// <summary>Everything that happened to one query.</summary>
public sealed record Trajectory
{
    /// <summary>The trajectory's id, as the response header gave it to the client.</summary>
    public required string Id { get; init; }

    /// <summary>Who paid.</summary>
    public required string TenantId { get; init; }

    /// <summary>The API key that asked.</summary>
    public required string KeyId { get; init; }

    /// <summary>When the query came.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the query's arrival to the last byte.</summary>
    [JsonPropertyName("duration_ms")]
    [JsonConverter(typeof(MillisecondsConverter))]
    public required TimeSpan Duration { get; init; }

    /// <summary>The model that the client asked for.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the client asked for a stream.</summary>
    public bool Streamed { get; init; }

    /// <summary>The last user message, cut at <see cref="MaxText"/> characters; null where texts are not kept.</summary>
    public string? Query { get; init; }

    /// <summary>The conductor that decided.</summary>
    public string? Conductor { get; init; }

    /// <summary>What the task analyser thought of the query.</summary>
    public Assessment? Assessment { get; init; }

    /// <summary>What a policy in the shadow stage would have done first; null where there was none.</summary>
    public ShadowDecision? ShadowDecision { get; init; }

    /// <summary>How it ended: <c>answered</c>, <c>cancelled</c>, or the error's code.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the query cost in all.</summary>
    public Money Cost { get; init; }

    /// <summary>The moves, in order.</summary>
    public IReadOnlyList<TrajectoryStep> Steps { get; init; } = [];

    /// <summary>What clients said of the answer, one for each key, in the order in which it was said; filled where <see cref="ITrajectoryHistory"/> reads it.</summary>
    public IReadOnlyList<Feedback> Feedback { get; init; } = [];

    /// <summary>What other experts answered, asked for comparison alone; filled where <see cref="ITrajectoryHistory"/> reads it.</summary>
    public IReadOnlyList<ShadowAnswer> Shadows { get; init; } = [];

    /// <summary>Characters at which texts are cut.</summary>
    public const int MaxText = 4_000;
}
