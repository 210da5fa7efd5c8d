namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>What to send through a node, and how.</summary>
/// <param name="Files">Outcome tables, <c>.jsonl</c> or <c>.jsonl.gz</c>.</param>
/// <param name="Url">Where the node listens.</param>
/// <param name="Key">The API key; never shown.</param>
public sealed record OutcomesBenchOptions(IReadOnlyList<string> Files, Uri Url, string Key)
{
    /// <summary>Rows to send at most; default all.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>Requests in flight at most, 1 to 256; default 8.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>The model to ask for; default <c>orchestra</c>, which lets the conductor decide.</summary>
    public string Model { get; init; } = "orchestra";

    /// <summary>The options without the key.</summary>
    public override string ToString() => $"{string.Join(", ", Files)} through {Url}";
}
