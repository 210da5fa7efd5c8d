using System.Data.Common;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Storage.Policies;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>Policies and their rollout in SQLite.</summary>
public sealed class SqlitePolicyStore(SqliteDatabase database) : PolicyStore, IDisposable
{
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public override Task CountAsync(IReadOnlyList<AwaitingQuery> queries, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var removed = queries.Where(query => connection.Run(PolicyTables.Remove(query)) > 0).ToList();
            foreach (var statement in PolicyTables.AddHeard(removed))
                connection.Run(statement);
            transaction.Commit();
            return removed.Count;
        },
        ct);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private protected override Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken ct) =>
        _connection.UseAsync(connection => connection.Read(statement, read), ct);

    private protected override Task RunAllAsync(IReadOnlyList<Statement> statements, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var statement in statements)
                connection.Run(statement);
            transaction.Commit();
            return statements.Count;
        },
        ct);

    private protected override Task<int> RunAsync(Statement statement, CancellationToken ct) => _connection.UseAsync(connection => connection.Run(statement), ct);
}
