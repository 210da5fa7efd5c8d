using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>
/// What a node reached on outcome tables. Accuracy, cost per thousand and the baselines are all over the same rows: those that could be graded, and those
/// that failed, which count as wrong. The total cost is over all rows that were asked.
/// </summary>
public sealed record OutcomesReport
{
    /// <summary>Rows that were sent.</summary>
    public required int Asked { get; init; }

    /// <summary>Rows that got an answer.</summary>
    public required int Answered { get; init; }

    /// <summary>Rows whose answer the table offers no way to grade.</summary>
    public required int Ungraded { get; init; }

    /// <summary>Answers without a reported cost, which makes the costs here too low.</summary>
    public required int WithoutCost { get; init; }

    /// <summary>Mean score, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Exact sum of the reported dollars over all rows asked.</summary>
    public required decimal TotalCostUsd { get; init; }

    /// <summary>Reported dollars for a thousand rows.</summary>
    public required decimal CostUsdPerThousand { get; init; }

    /// <summary>Calls by expert, most called first.</summary>
    public required IReadOnlyList<ExpertCalls> Calls { get; init; }

    /// <summary>Number of rows that failed, by error code.</summary>
    public required IReadOnlyDictionary<string, int> Errors { get; init; }

    /// <summary>The first rows that failed.</summary>
    public required IReadOnlyList<FailedRow> Failures { get; init; }

    /// <summary>What fixed ways to choose would have reached, from the tables.</summary>
    public required IReadOnlyList<OutcomeBaseline> Baselines { get; init; }

    /// <summary>Time from the first request to the last answer.</summary>
    public required TimeSpan WallTime { get; init; }
}
