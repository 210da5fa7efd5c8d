using Orchestra.Core.Tenants;
using Orchestra.Storage.Sqlite.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>The audit log in SQLite.</summary>
public sealed class SqliteAuditLog(SqliteDatabase database) : IAuditLog, IDisposable
{
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public Task AppendAsync(AuditEntry entry, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            AuditTable.Insert(connection, entry);
            return true;
        },
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken ct) =>
        _connection.UseAsync(connection => AuditTable.List(connection, filter), ct);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
