using Orchestra.Core.Trajectories;

namespace Orchestra.Storage.Trajectories;

/// <summary>The tables of a database that hold what became known of trajectories later, behind <see cref="TrajectoryHistory"/>.</summary>
internal interface IHistoryTable : IAsyncDisposable
{
    /// <summary>Writes feedback over what the same key said before.</summary>
    Task PutFeedbackAsync(DateTimeOffset startedAt, Feedback feedback, byte[] body, CancellationToken ct);

    /// <summary>Writes a shadow answer; leaves one of the same trajectory and expert.</summary>
    Task AddShadowAsync(DateTimeOffset startedAt, ShadowAnswer answer, byte[] body, CancellationToken ct);

    /// <summary>Reads what is known of some rows into them.</summary>
    Task FillAsync(IReadOnlyList<HistoryRow> rows, CancellationToken ct);

    /// <summary>The next changes behind a place, at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<ChangeRow>> ReadChangesAsync(ChangePlace after, int max, CancellationToken ct);

    /// <summary>The place of the change that stands before the last so many; the start where there are no more.</summary>
    Task<ChangePlace> FindPlaceAsync(int last, CancellationToken ct);

    /// <summary>The next rows behind a place, at most <paramref name="max"/>, those of other tenants than the filter's without a body.</summary>
    Task<IReadOnlyList<HistoryRow>> ReadAsync(TrajectoryFilter filter, HistoryPlace? after, int max, CancellationToken ct);
}
