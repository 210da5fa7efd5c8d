namespace Orchestra.Core.Learning.Rollout;

/// <summary>When a canary is worse with confidence and rolls itself back.</summary>
public sealed class RolloutOptions
{
    /// <summary>The chance that a canary that is no worse is ever rolled back, however long it runs. Default 0.01, from 0.000001 to 0.2.</summary>
    public double FalseRollbackRate { get; set; } = 0.01;

    /// <summary>The share by which a canary's queries may cost more than those of the active policy. Default 0.05, from 0 to 10.</summary>
    public double CostTolerance { get; set; } = 0.05;

    /// <summary>By how much a canary's share of rejected queries may exceed that of the active policy. Default 0.01, from 0 to 1.</summary>
    public double RejectionTolerance { get; set; } = 0.01;

    /// <summary>Queries that each side must have served before costs are judged. Default 200, from 50 to 1,000,000.</summary>
    public int MinQueries { get; set; } = 200;
}
