using Orchestra.Core.Experts;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>How a candidate policy is estimated from trajectories.</summary>
/// <param name="Experts">The experts by name, as the host describes them to its conductor.</param>
public sealed record OffPolicyOptions(IReadOnlyDictionary<string, ExpertDescriptor> Experts)
{
    /// <summary>Queries that are read into memory at most.</summary>
    public const int DefaultMaxQueries = 200_000;

    /// <summary>The λ on which the candidate decides, 0 to 10; null (the default) for that of each logged decision.</summary>
    public double? Lambda { get; init; }

    /// <summary>The bound of a query's weight, above 0. Default 50.</summary>
    public double MaxWeight { get; init; } = DoublyRobust.DefaultMaxWeight;

    /// <summary>Queries that are used at most, the first ones. Default 200,000.</summary>
    public int MaxQueries { get; init; } = DefaultMaxQueries;
}
