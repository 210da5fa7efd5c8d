namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>What logged traffic says of a candidate policy.</summary>
public sealed record OffPolicyReport
{
    /// <summary>Trajectories that were read.</summary>
    public required long Trajectories { get; init; }

    /// <summary>Those that say nothing of the candidate, by reason.</summary>
    public required IReadOnlyDictionary<QuerySkip, long> Skipped { get; init; }

    /// <summary>Experts of the log that are not described.</summary>
    public required IReadOnlyList<string> UnknownExperts { get; init; }

    /// <summary>Whether there were more queries than are used.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Queries that the estimate of the cost rests on.</summary>
    public required int Queries { get; init; }

    /// <summary>Decisions that were drawn for one query on average.</summary>
    public double DecisionsPerQuery { get; init; }

    /// <summary>The candidate's mean probability of the moves that were made, 0 to 1.</summary>
    public double Agreement { get; init; }

    /// <summary>The candidate's mean probability of moves that the policy which served could not have made, 0 to 1; of them the predictions alone speak.</summary>
    public double Unsupported { get; init; }

    /// <summary>The score, 0 to 1, on the queries of which somebody said how good the answer was; null where there are none.</summary>
    public OffPolicyEstimate? Score { get; init; }

    /// <summary>Dollars for one query; null where there are no queries.</summary>
    public OffPolicyEstimate? Dollars { get; init; }

    /// <summary>What keeps the figures from saying more, in plain sentences.</summary>
    public IReadOnlyList<string> Cautions { get; init; } = [];
}
