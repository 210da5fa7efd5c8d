using Microsoft.Data.Sqlite;
using Orchestra.Core.Tenants;
using Orchestra.Storage.Sqlite.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>Tenants, teams, users, keys and settings in SQLite.</summary>
public sealed class SqliteTenantStore(SqliteDatabase database) : ITenantStore, IDisposable
{
    private static readonly TenantTable Tenants = new();
    private static readonly TeamTable Teams = new();
    private static readonly UserTable Users = new();
    private static readonly KeyTable Keys = new();
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public Task<bool> AddAsync(Principal principal, AuditEntry entry, CancellationToken ct) => WriteAsync(
        connection => principal switch
        {
            Tenant tenant => Tenants.Insert(connection, tenant),
            Team team => Teams.Insert(connection, team),
            User user => Users.Insert(connection, user),
            ApiKey key => Keys.Insert(connection, key),
            _ => throw Unknown(principal),
        },
        entry,
        ct);

    /// <inheritdoc/>
    public Task<bool> ChangeAsync(Principal changed, AuditEntry entry, CancellationToken ct) => WriteAsync(
        connection => changed switch
        {
            Tenant tenant => Tenants.Update(connection, tenant),
            Team team => Teams.Update(connection, team),
            User user => Users.Update(connection, user),
            ApiKey key => Keys.Update(connection, key),
            _ => throw Unknown(changed),
        },
        entry,
        ct);

    /// <inheritdoc/>
    public Task<Tenant?> FindTenantAsync(string id, CancellationToken ct) => _connection.UseAsync(connection => Tenants.Find(connection, id), ct);

    /// <inheritdoc/>
    public Task<Team?> FindTeamAsync(string tenantId, string id, CancellationToken ct) => _connection.UseAsync(connection => Teams.Find(connection, tenantId, id), ct);

    /// <inheritdoc/>
    public Task<User?> FindUserAsync(string tenantId, string id, CancellationToken ct) => _connection.UseAsync(connection => Users.Find(connection, tenantId, id), ct);

    /// <inheritdoc/>
    public Task<OwnedKey?> FindKeyAsync(string keyId, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var moment = connection.BeginTransaction(deferred: true);
            return Keys.Find(connection, keyId) is not { } key
                ? null
                : new OwnedKey(
                    key,
                    Tenants.Find(connection, key.Tenant)!,
                    key.Team.Length == 0 ? null : Teams.Find(connection, key.Tenant, key.Team),
                    key.User.Length == 0 ? null : Users.Find(connection, key.Tenant, key.User));
        },
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(PrincipalFilter filter, CancellationToken ct) => _connection.UseAsync(connection => Tenants.List(connection, filter), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Team>> ListTeamsAsync(PrincipalFilter filter, CancellationToken ct) => _connection.UseAsync(connection => Teams.List(connection, filter), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<User>> ListUsersAsync(PrincipalFilter filter, CancellationToken ct) => _connection.UseAsync(connection => Users.List(connection, filter), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(PrincipalFilter filter, CancellationToken ct) => _connection.UseAsync(connection => Keys.List(connection, filter), ct);

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

    private Task<bool> WriteAsync(Func<SqliteConnection, bool> write, AuditEntry entry, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            if (!write(connection))
                return false;
            AuditTable.Insert(connection, entry);
            transaction.Commit();
            return true;
        },
        ct);

    private static byte[]? ReadSetting(SqliteConnection connection, string name)
    {
        using var select = connection.Statement("SELECT value FROM setting WHERE name = $1", 1);
        return select.Bind(name).ExecuteScalar() as byte[];
    }

    private static NotSupportedException Unknown(Principal principal) => new($"There is no table for a {principal.Level}.");
}
