namespace Orchestra.Storage.Trajectories;

/// <summary>A stored trajectory with what became known of it later, each as JSON, UTF-8.</summary>
/// <param name="Place">Where it stands among all.</param>
/// <param name="Body">The trajectory; null for one that another tenant paid for than the one asked for.</param>
internal sealed record HistoryRow(HistoryPlace Place, byte[]? Body)
{
    /// <summary>The feedback, in the order in which it was given.</summary>
    public List<byte[]> Feedback { get; } = [];

    /// <summary>The shadow answers, by expert.</summary>
    public List<byte[]> Shadows { get; } = [];
}
