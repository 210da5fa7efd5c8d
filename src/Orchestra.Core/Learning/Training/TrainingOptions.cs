using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>How a policy is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>The seed of all chance. Default: 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Passes of GRPO over the rows, 0 to 1,000; 0 leaves the warm start. Default: 4.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Trajectories that are sampled for each query, 2 to 64. Default: 8.</summary>
    public int Group { get; init; } = 8;

    /// <summary>The share of rows that is held out to choose the best policy and to fill the model card, 0 to 0.9. Default: 0.2.</summary>
    public double Holdout { get; init; } = 0.2;

    /// <summary>The policy from which training goes on; null begins from nothing.</summary>
    public Policy? Previous { get; init; }

    /// <summary>The weight of the divergence from <see cref="Previous"/>. Default: 0.05.</summary>
    public double Divergence { get; init; } = 0.05;

    /// <summary>What the model card says of the data.</summary>
    public IReadOnlyList<DataFingerprint> Data { get; init; } = [];
}
