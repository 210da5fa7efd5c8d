using System.Data.Common;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Storage.Policies;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>Policies and their rollout in SQLite.</summary>
public sealed class SqlitePolicyStore(SqliteDatabase database) : IPolicyStore, IDisposable
{
    private readonly LockedConnection _connection = new(database.Connect());

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
    public void Dispose() => _connection.Dispose();

    private Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken ct) =>
        _connection.UseAsync(connection => connection.Read(statement, read), ct);

    private Task<int> RunAsync(Statement statement, CancellationToken ct) => _connection.UseAsync(connection => connection.Run(statement), ct);
}
