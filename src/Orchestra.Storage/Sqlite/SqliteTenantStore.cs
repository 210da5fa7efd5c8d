using System.Data.Common;
using Microsoft.Data.Sqlite;
using Orchestra.Core.Tenants;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>Tenants, teams, users, keys and settings in SQLite.</summary>
public sealed class SqliteTenantStore(SqliteDatabase database) : ITenantStore, IDisposable
{
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public Task<bool> AddAsync(Principal principal, AuditEntry entry, CancellationToken ct) => WriteAsync(PrincipalTables.Insert(principal), entry, ct);

    /// <inheritdoc/>
    public Task<bool> ChangeAsync(Principal changed, AuditEntry entry, CancellationToken ct) => WriteAsync(PrincipalTables.Update(changed), entry, ct);

    /// <inheritdoc/>
    public Task<Tenant?> FindTenantAsync(string id, CancellationToken ct) => FindAsync(PrincipalTables.Tenants.Find(id), row => PrincipalTables.Tenants.Read(row), ct);

    /// <inheritdoc/>
    public Task<Team?> FindTeamAsync(string tenantId, string id, CancellationToken ct) =>
        FindAsync(PrincipalTables.Teams.Find(tenantId, id), row => PrincipalTables.Teams.Read(row), ct);

    /// <inheritdoc/>
    public Task<User?> FindUserAsync(string tenantId, string id, CancellationToken ct) =>
        FindAsync(PrincipalTables.Users.Find(tenantId, id), row => PrincipalTables.Users.Read(row), ct);

    /// <inheritdoc/>
    public Task<OwnedKey?> FindKeyAsync(string keyId, CancellationToken ct) => FindAsync(PrincipalTables.FindOwned(keyId), PrincipalTables.ReadOwned, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(PrincipalFilter filter, CancellationToken ct) =>
        ListAsync(PrincipalTables.Tenants.List(filter), row => PrincipalTables.Tenants.Read(row), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Team>> ListTeamsAsync(PrincipalFilter filter, CancellationToken ct) =>
        ListAsync(PrincipalTables.Teams.List(filter), row => PrincipalTables.Teams.Read(row), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<User>> ListUsersAsync(PrincipalFilter filter, CancellationToken ct) =>
        ListAsync(PrincipalTables.Users.List(filter), row => PrincipalTables.Users.Read(row), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(PrincipalFilter filter, CancellationToken ct) =>
        ListAsync(PrincipalTables.Keys.List(filter), row => PrincipalTables.Keys.Read(row), ct);

    /// <inheritdoc/>
    public Task<byte[]?> ReadSettingAsync(string name, CancellationToken ct) => _connection.UseAsync(connection => ReadSetting(connection, name), ct);

    /// <inheritdoc/>
    public Task<byte[]> AddSettingAsync(string name, byte[] value, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var insert = connection.Statement("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", 2);
            insert.Bind(name, value).ExecuteNonQuery();
            return ReadSetting(connection, name)!;
        },
        ct);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private Task<bool> WriteAsync(Statement write, AuditEntry entry, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            if (connection.Run(write) == 0)
                return false;
            connection.Run(AuditTable.Insert(entry));
            transaction.Commit();
            return true;
        },
        ct);

    private Task<T?> FindAsync<T>(Statement select, Func<DbDataReader, T> read, CancellationToken ct)
        where T : class => _connection.UseAsync(connection => connection.Read(select, read) is [var found] ? found : null, ct);

    private Task<IReadOnlyList<T>> ListAsync<T>(Statement select, Func<DbDataReader, T> read, CancellationToken ct) =>
        _connection.UseAsync(connection => connection.Read(select, read), ct);

    private static byte[]? ReadSetting(SqliteConnection connection, string name)
    {
        using var select = connection.Statement("SELECT value FROM setting WHERE name = $1", 1);
        return select.Bind(name).ExecuteScalar() as byte[];
    }
}
