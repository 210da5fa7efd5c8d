namespace Orchestra.Core.Learning.Rollout;

/// <summary>Where policies and their rollout are kept, the same for all hosts of a database.</summary>
public interface IPolicyStore
{
    /// <summary>Adds a policy file; false where a policy with its id is there.</summary>
    Task<bool> AddAsync(StoredPolicy policy, ReadOnlyMemory<byte> file, CancellationToken ct);

    /// <summary>The policy with this id; null where there is none.</summary>
    Task<StoredPolicy?> FindAsync(string id, CancellationToken ct);

    /// <summary>The bytes of a policy's file; null where there is none.</summary>
    Task<byte[]?> ReadAsync(string id, CancellationToken ct);

    /// <summary>Policies, the newest first.</summary>
    Task<IReadOnlyList<StoredPolicy>> ListAsync(int limit, CancellationToken ct);

    /// <summary>The rollout as it stands; <see cref="PolicyRollout.None"/> where nothing was ever rolled out.</summary>
    Task<PolicyRollout> ReadRolloutAsync(CancellationToken ct);

    /// <summary>Appends a change whose version follows the present one; false where another change came first.</summary>
    Task<bool> TryChangeAsync(RolloutChange change, CancellationToken ct);

    /// <summary>Changes, the last first.</summary>
    Task<IReadOnlyList<RolloutChange>> ListChangesAsync(int limit, CancellationToken ct);

    /// <summary>Adds to the sums of a version.</summary>
    Task AddTallyAsync(long version, RolloutTally tally, CancellationToken ct);

    /// <summary>The sums of a version; all zeros where there are none.</summary>
    Task<RolloutTally> ReadTallyAsync(long version, CancellationToken ct);

    /// <summary>Keeps queries until they are counted; one that is there already stays as it is.</summary>
    Task AddAwaitingAsync(IReadOnlyList<AwaitingQuery> queries, CancellationToken ct);

    /// <summary>Queries that ended at a time or before, the oldest first.</summary>
    Task<IReadOnlyList<AwaitingQuery>> ReadAwaitingAsync(DateTimeOffset endedBy, int limit, CancellationToken ct);

    /// <summary>Adds those of the queries that are still there to the sums of their versions as heard, and removes them, all at once: of several hosts one counts a query.</summary>
    Task CountAsync(IReadOnlyList<AwaitingQuery> queries, CancellationToken ct);
}
