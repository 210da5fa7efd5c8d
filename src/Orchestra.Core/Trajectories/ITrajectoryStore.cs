namespace Orchestra.Core.Trajectories;

/// <summary>Where trajectories are kept.</summary>
public interface ITrajectoryStore
{
    /// <summary>Queues a trajectory for writing; waits only while the bounded queue is full.</summary>
    ValueTask AddAsync(Trajectory trajectory);

    /// <summary>The trajectory with this id, one that is still queued included; null where there is none.</summary>
    Task<Trajectory?> FindAsync(string id, CancellationToken ct);
}
