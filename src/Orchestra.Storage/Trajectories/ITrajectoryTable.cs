namespace Orchestra.Storage.Trajectories;

/// <summary>The table of a database that trajectories are written to, behind <see cref="TrajectoryStore"/>.</summary>
internal interface ITrajectoryTable : IAsyncDisposable
{
    /// <summary>Writes rows together; one whose id is there already is left out.</summary>
    Task InsertAsync(IReadOnlyList<TrajectoryRow> rows, CancellationToken ct);

    /// <summary>The row's body, or null.</summary>
    Task<byte[]?> FindAsync(string id, CancellationToken ct);

    /// <summary>
    /// Deletes up to <paramref name="max"/> trajectories that started before a time, and as many rows of feedback and of shadow answers on such ones; returns the largest of the
    /// three numbers.
    /// </summary>
    Task<int> DeleteAsync(DateTimeOffset before, int max, CancellationToken ct);
}
