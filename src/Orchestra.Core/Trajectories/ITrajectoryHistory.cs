namespace Orchestra.Core.Trajectories;

/// <summary>What becomes known of trajectories after they ended, kept beside them and as long, and all of it together: what learning reads.</summary>
public interface ITrajectoryHistory
{
    /// <summary>Keeps feedback on a trajectory, in the place of what the same key said of it before; durable when the task completes.</summary>
    /// <param name="trajectory">The trajectory, which may still be queued for writing.</param>
    /// <param name="feedback">The feedback on it.</param>
    /// <param name="ct">Stops the writing.</param>
    Task AddAsync(Trajectory trajectory, Feedback feedback, CancellationToken ct);

    /// <summary>Keeps a shadow answer; where the trajectory has one of the same expert already, that one stays.</summary>
    /// <param name="startedAt">When the trajectory started, whose age decides how long the answer is kept.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="ct">Stops the writing.</param>
    Task AddAsync(DateTimeOffset startedAt, ShadowAnswer answer, CancellationToken ct);

    /// <summary>What clients said of trajectories, for each id, in the order in which it was said; empty where nothing was said.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<Feedback>>> ReadFeedbackAsync(IReadOnlyCollection<string> trajectoryIds, CancellationToken ct);

    /// <summary>The trajectory with its feedback and its shadow answers.</summary>
    Task<Trajectory> CompleteAsync(Trajectory trajectory, CancellationToken ct);

    /// <summary>
    /// The stored trajectories with their feedback and shadow answers, by the time at which they started. Read page by page, so that memory stays bounded; one that is
    /// written behind the reader's place while it reads is not seen, and one that cannot be read is left out and logged.
    /// </summary>
    IAsyncEnumerable<Trajectory> ReadAsync(TrajectoryFilter filter, CancellationToken ct);

    /// <summary>
    /// The next trajectories of the log that were written, or of which more became known, behind a place. The log has each trajectory once, at the last change of it, so whoever reads to its end
    /// and goes on from there misses none.
    /// </summary>
    /// <param name="after">The place behind which to read.</param>
    /// <param name="max">Trajectories at most, 1 to 256.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<ChangePage> ReadChangesAsync(ChangePlace after, int max, CancellationToken ct);

    /// <summary>The place behind which the last so many changes lie, or all where there are fewer.</summary>
    Task<ChangePlace> FindPlaceAsync(int last, CancellationToken ct);
}
