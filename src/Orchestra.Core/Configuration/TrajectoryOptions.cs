namespace Orchestra.Core.Configuration;

/// <summary>What is kept of every query.</summary>
public sealed class TrajectoryOptions
{
    /// <summary>Whether the texts of queries and observations are kept, each cut at 4,000 characters. Default true.</summary>
    public bool KeepTexts { get; set; } = true;

    /// <summary>How long trajectories are kept. Default 30 days, from one hour to ten years.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
