namespace Orchestra.Core.Configuration;

/// <summary>What the host does to learn from its queries.</summary>
public sealed class LearningOptions
{
    /// <summary>Queries that another expert is asked, too, for comparison alone.</summary>
    public ShadowOptions Shadow { get; set; } = new();
}
