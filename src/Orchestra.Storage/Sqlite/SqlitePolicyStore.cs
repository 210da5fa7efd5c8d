using System.Data.Common;
using Orchestra.Storage.Policies;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>Policies and their rollout in SQLite.</summary>
public sealed class SqlitePolicyStore(SqliteDatabase database) : PolicyStore, IDisposable
{
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private protected override Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken ct) =>
        _connection.UseAsync(connection => connection.Read(statement, read), ct);

    private protected override Task<int> RunAsync(Statement statement, CancellationToken ct) => _connection.UseAsync(connection => connection.Run(statement), ct);
}
