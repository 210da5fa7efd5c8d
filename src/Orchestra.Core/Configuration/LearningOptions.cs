namespace Orchestra.Core.Configuration;

/// <summary>What the host does to learn from its queries.</summary>
public sealed class LearningOptions
{
    /// <summary>How queries become vectors.</summary>
    public EmbeddingOptions Embeddings { get; set; } = new();

    /// <summary>Queries that another expert is asked, too, for comparison alone.</summary>
    public ShadowOptions Shadow { get; set; } = new();

    /// <summary>How the rollout of policies is followed, and when a canary is taken away.</summary>
    public RolloutOptions Rollout { get; set; } = new();
}
