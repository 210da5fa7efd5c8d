namespace Orchestra.Core.Learning.Scheduling;

/// <summary>What came of a look at whether to train.</summary>
public enum TrainingResult
{
    /// <summary>It was not time, or another host trains.</summary>
    NotDue,

    /// <summary>There were too few new outcomes.</summary>
    TooFew,

    /// <summary>It failed, or took too long to come to any policy.</summary>
    Failed,

    /// <summary>The policy was not better than the present one, and was thrown away.</summary>
    NotBetter,

    /// <summary>The policy was kept, and nothing else.</summary>
    Kept,

    /// <summary>The policy decides without effect.</summary>
    Shadow,

    /// <summary>The policy serves a share of the conversations.</summary>
    Canary,
}
