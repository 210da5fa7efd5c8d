using Orchestra.Core.Tenants;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>The audit log in SQLite.</summary>
public sealed class SqliteAuditLog(SqliteDatabase database) : IAuditLog, IDisposable
{
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public Task AppendAsync(AuditEntry entry, CancellationToken ct) => _connection.UseAsync(connection => connection.Run(AuditTable.Insert(entry)), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken ct) =>
        _connection.UseAsync(connection => connection.Read(AuditTable.List(filter), AuditTable.Read), ct);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
