using System.Data.Common;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Policies;

/// <summary>Policies and their rollout in any database of ours, which says how statements are run.</summary>
public abstract class PolicyStore : IPolicyStore
{
    private protected PolicyStore()
    {
    }

    /// <inheritdoc/>
    public async Task<bool> AddAsync(StoredPolicy policy, ReadOnlyMemory<byte> file, CancellationToken ct) => await RunAsync(PolicyTables.Insert(policy, file), ct) > 0;

    /// <inheritdoc/>
    public async Task<StoredPolicy?> FindAsync(string id, CancellationToken ct) => (await ReadAsync(PolicyTables.Find(id), PolicyTables.ReadPolicy, ct)).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string id, CancellationToken ct) => (await ReadAsync(PolicyTables.ReadFile(id), PolicyTables.ReadBytes, ct)).SingleOrDefault();

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredPolicy>> ListAsync(int limit, CancellationToken ct) => ReadAsync(PolicyTables.List(limit), PolicyTables.ReadPolicy, ct);

    /// <inheritdoc/>
    public async Task<PolicyRollout> ReadRolloutAsync(CancellationToken ct) => (await ListChangesAsync(1, ct)).SingleOrDefault()?.State ?? PolicyRollout.None;

    /// <inheritdoc/>
    public async Task<bool> TryChangeAsync(RolloutChange change, CancellationToken ct) => await RunAsync(PolicyTables.Insert(change), ct) > 0;

    /// <inheritdoc/>
    public Task<IReadOnlyList<RolloutChange>> ListChangesAsync(int limit, CancellationToken ct) => ReadAsync(PolicyTables.ListChanges(limit), PolicyTables.ReadChange, ct);

    /// <inheritdoc/>
    public Task AddTallyAsync(long version, RolloutTally tally, CancellationToken ct) => RunAsync(PolicyTables.AddTally(version, tally), ct);

    /// <inheritdoc/>
    public async Task<RolloutTally> ReadTallyAsync(long version, CancellationToken ct) => (await ReadAsync(PolicyTables.ReadTally(version), PolicyTables.ReadTally, ct)).SingleOrDefault();

    /// <inheritdoc/>
    public Task AddAwaitingAsync(IReadOnlyList<AwaitingQuery> queries, CancellationToken ct) => RunAllAsync([.. queries.Select(PolicyTables.Insert)], ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AwaitingQuery>> ReadAwaitingAsync(DateTimeOffset endedBy, int limit, CancellationToken ct) =>
        ReadAsync(PolicyTables.ListAwaiting(endedBy, limit), PolicyTables.ReadAwaiting, ct);

    /// <inheritdoc/>
    public abstract Task CountAsync(IReadOnlyList<AwaitingQuery> queries, CancellationToken ct);

    /// <summary>Runs statements in one transaction.</summary>
    private protected abstract Task RunAllAsync(IReadOnlyList<Statement> statements, CancellationToken ct);

    /// <summary>Runs a statement and returns its rows.</summary>
    private protected abstract Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken ct);

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    private protected abstract Task<int> RunAsync(Statement statement, CancellationToken ct);
}
