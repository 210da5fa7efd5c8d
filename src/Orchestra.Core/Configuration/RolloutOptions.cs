namespace Orchestra.Core.Configuration;

/// <summary>How hosts follow a rollout, and when a canary is worse with confidence and rolls itself back.</summary>
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

    /// <summary>How long after a query feedback on it counts as a rejection of its answer. Default ten minutes, from one second to one day.</summary>
    public TimeSpan FeedbackWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a host looks for another policy and judges a canary. Default two seconds, from a tenth of a second to one minute.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(2);
}
