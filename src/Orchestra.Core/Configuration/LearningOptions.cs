namespace Orchestra.Core.Configuration;

/// <summary>What a learned conductor learns from.</summary>
public sealed class LearningOptions
{
    /// <summary>How queries become vectors.</summary>
    public EmbeddingOptions Embeddings { get; set; } = new();
}
