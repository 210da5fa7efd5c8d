using Microsoft.Data.Sqlite;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Sqlite;

/// <summary>Trajectories in SQLite: one connection that writes, another that reads.</summary>
internal sealed class SqliteTrajectoryTable : ITrajectoryTable
{
    private readonly LockedConnection _reading;
    private readonly LockedConnection _writing;

    /// <summary>Opens the trajectories of a database with <see cref="SqliteSchema.Trajectories"/>.</summary>
    public SqliteTrajectoryTable(SqliteDatabase database)
    {
        _reading = new LockedConnection(database.Connect());
        _writing = new LockedConnection(database.Connect());
    }

    /// <inheritdoc/>
    public Task InsertAsync(IReadOnlyList<TrajectoryRow> rows, CancellationToken ct) => _writing.UseAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            using var insert = connection.Statement("INSERT INTO trajectory (id, tenant, started_at, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", 4);
            insert.Transaction = transaction;
            foreach (var row in rows)
                insert.Bind(row.Id, row.TenantId, row.StartedAt.ToUnixTimeMilliseconds(), row.Body).ExecuteNonQuery();
            transaction.Commit();
            return rows.Count;
        },
        ct);

    /// <inheritdoc/>
    public Task<byte[]?> FindAsync(string id, CancellationToken ct) => _reading.UseAsync(
        connection =>
        {
            using var select = connection.Statement("SELECT body FROM trajectory WHERE id = $1", 1);
            return select.Bind(id).ExecuteScalar() as byte[];
        },
        ct);

    /// <inheritdoc/>
    public Task<int> DeleteAsync(DateTimeOffset before, int max, CancellationToken ct) => _writing.UseAsync(
        connection =>
        {
            using var trajectories = connection.Statement("DELETE FROM trajectory WHERE rowid IN (SELECT rowid FROM trajectory WHERE started_at < $1 LIMIT $2)", 2);
            using var feedback = connection.Statement(
                "DELETE FROM feedback WHERE (trajectory, key_id) IN (SELECT trajectory, key_id FROM feedback WHERE started_at < $1 LIMIT $2)", 2);
            using var shadows = connection.Statement("DELETE FROM shadow WHERE (trajectory, expert) IN (SELECT trajectory, expert FROM shadow WHERE started_at < $1 LIMIT $2)", 2);
            return ((SqliteCommand[])[trajectories, feedback, shadows]).Max(delete => delete.Bind(before.ToUnixTimeMilliseconds(), max).ExecuteNonQuery());
        },
        ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _reading.Dispose();
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }
}
