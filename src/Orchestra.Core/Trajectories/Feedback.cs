namespace Orchestra.Core.Trajectories;

/// <summary>What a client says of an answer that it got.</summary>
public sealed record Feedback
{
    /// <summary>The trajectory of the answer.</summary>
    public required string TrajectoryId { get; init; }

    /// <summary>The API key that says it; of what one key says of a trajectory the last counts.</summary>
    public required string KeyId { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>How good the answer was, 0 to 1; thumbs are 1 and 0. Null where it does not say.</summary>
    public double? Score { get; init; }

    /// <summary>The correct final answer, at most <see cref="MaxAnswer"/> characters; null where it does not say.</summary>
    public string? CorrectAnswer { get; init; }

    /// <summary>For people, at most <see cref="MaxComment"/> characters; null where there is none.</summary>
    public string? Comment { get; init; }

    /// <summary>Characters that a correct answer may have.</summary>
    public const int MaxAnswer = 4_000;

    /// <summary>Characters that a comment may have.</summary>
    public const int MaxComment = 2_000;
}
