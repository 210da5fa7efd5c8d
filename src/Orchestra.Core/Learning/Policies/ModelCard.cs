namespace Orchestra.Core.Learning.Policies;

/// <summary>What a policy file says of itself: where it comes from and what it reaches.</summary>
public sealed record ModelCard
{
    /// <summary>A name for people; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>When it was trained, as given to the trainer; null where the training is to be repeatable byte for byte.</summary>
    public DateTimeOffset? TrainedAt { get; init; }

    /// <summary>The seed of all chance in the training.</summary>
    public required long Seed { get; init; }

    /// <summary>The tables that it was trained on.</summary>
    public required IReadOnlyList<DataFingerprint> Data { get; init; }

    /// <summary>The experts whose outcomes it saw.</summary>
    public required IReadOnlyList<string> Experts { get; init; }

    /// <summary>The id of the policy from which training went on; null where it began from nothing.</summary>
    public string? Previous { get; init; }

    /// <summary>How it was trained: names and values, such as <c>epochs</c> and <c>group</c>.</summary>
    public IReadOnlyDictionary<string, double> Training { get; init => field = value ?? new Dictionary<string, double>(); } = new Dictionary<string, double>();

    /// <summary>Fixed ways to choose on the rows that were held out, to compare with.</summary>
    public IReadOnlyList<CardPoint> Baselines { get; init => field = value ?? []; } = [];

    /// <summary>Its own frontier on the rows that were held out, along λ.</summary>
    public IReadOnlyList<CardPoint> Frontier { get; init => field = value ?? []; } = [];
}
