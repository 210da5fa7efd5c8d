namespace Orchestra.Core.Configuration;

/// <summary>What the host does to learn from its queries.</summary>
public sealed class LearningOptions
{
    /// <summary>How queries become vectors.</summary>
    public EmbeddingOptions Embeddings { get; set; } = new();

    /// <summary>The outcomes that count, and whether policies learn from them as they come.</summary>
    public OutcomeOptions Outcomes { get; set; } = new();

    /// <summary>When the host trains a policy from its own outcomes.</summary>
    public TrainingScheduleOptions Training { get; set; } = new();

    /// <summary>Queries that another expert is asked, too, for comparison alone.</summary>
    public ShadowOptions Shadow { get; set; } = new();

    /// <summary>How the rollout of policies is followed, and when a canary is taken away.</summary>
    public RolloutOptions Rollout { get; set; } = new();
}
