namespace Orchestra.Core.Conducting.Complexity;

/// <summary>How the complexity conductor decides.</summary>
public sealed record ComplexityOptions
{
    /// <summary>A threshold that no query reaches.</summary>
    public const int Unreachable = 11;

    /// <summary>The complexity from which a query goes through the cascade instead of the fast path. Default 7; 1 to 11, which none reaches.</summary>
    public int Threshold { get; init; } = 7;

    /// <summary>The expert that is asked how hard a query is. Default null: local rules say.</summary>
    public string? Analyser { get; init; }

    /// <summary>The complexity by the rules below which the analyser is not asked: such queries are cheaper answered than graded. Default 3; 1 to 10.</summary>
    public int AnalyseFrom { get; init; } = 3;

    /// <summary>The tools of the catalogue that may be offered and called. Default null: all of them.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Whether the search is asked first about a query for a fact, and its passages are given to the expert. Default false.</summary>
    public bool SearchFirst { get; init; }

    /// <summary>Tool calls of an expert that are made side by side; more are dropped. Default 4; 1 to 16.</summary>
    public int MaxToolCalls { get; init; } = 4;

    /// <summary>The time to the deadline below which no further expert is asked when there is an answer already. Default 2 s; 0 s to 10 min.</summary>
    public TimeSpan LeastTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Assessments by the analyser that are remembered. Default 10,000; 0 to 1,000,000.</summary>
    public int RememberedAssessments { get; init; } = 10_000;

    /// <summary>How long an assessment is remembered. Default 1 day; 1 s to 365 days.</summary>
    public TimeSpan RememberFor { get; init; } = TimeSpan.FromDays(1);
}
