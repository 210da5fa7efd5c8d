namespace Orchestra.Core.Trajectories;

/// <summary>Some of the trajectories of which something became known.</summary>
/// <param name="Trajectories">The trajectories with all that is known of them, in the log's order.</param>
/// <param name="Place">The place of the last one; behind it the next page begins.</param>
/// <param name="IsLast">Whether there was nothing behind it when it was read.</param>
public sealed record ChangePage(IReadOnlyList<Trajectory> Trajectories, ChangePlace Place, bool IsLast);
