namespace Orchestra.Core.Learning.Outcomes;

/// <summary>What one model did with one prompt of an outcome table.</summary>
/// <param name="Score">How good its answer was, 0 to 1; 1 is correct.</param>
public sealed record Outcome(double Score)
{
    /// <summary>Prompt tokens; null where the table does not say.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Completion tokens; null where the table does not say.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Dollars that the call cost, exactly as recorded; null where the table does not say.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Seconds until the last byte; null where the table does not say.</summary>
    public double? LatencySeconds { get; init; }

    /// <summary>The text that the model answered; null where the table does not say.</summary>
    public string? Response { get; init; }
}
