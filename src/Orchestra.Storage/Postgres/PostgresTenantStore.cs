using System.Data.Common;
using Orchestra.Core.Tenants;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Postgres;

/// <summary>Tenants, teams, users, keys and settings in PostgreSQL.</summary>
public sealed class PostgresTenantStore(PostgresDatabase database) : ITenantStore
{
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
    public async Task<byte[]?> ReadSettingAsync(string name, CancellationToken ct)
    {
        var found = await database.QueryAsync(ReadSetting(name), row => row.GetFieldValue<byte[]>(0), ct);
        return found.Count == 0 ? null : found[0];
    }

    /// <inheritdoc/>
    public async Task<byte[]> AddSettingAsync(string name, byte[] value, CancellationToken ct)
    {
        await database.RunAsync(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", ct, PostgresParameter.Value(name), PostgresParameter.Value(value));
        return (await ReadSettingAsync(name, ct))!;
    }

    private async Task<bool> WriteAsync(Statement write, AuditEntry entry, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = write.Sql;
        command.Parameters.AddValues(write.Values);
        if (await command.ExecuteNonQueryAsync(ct) == 0)
            return false;
        await using var batch = connection.CreateBatch();
        PostgresAuditLog.AddTo(batch, entry);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<T?> FindAsync<T>(Statement select, Func<DbDataReader, T> read, CancellationToken ct)
        where T : class
    {
        var found = await database.QueryAsync(select, read, ct);
        return found.Count == 0 ? null : found[0];
    }

    private Task<IReadOnlyList<T>> ListAsync<T>(Statement select, Func<DbDataReader, T> read, CancellationToken ct) => database.QueryAsync(select, read, ct);

    private static Statement ReadSetting(string name) => new("SELECT value FROM setting WHERE name = $1", [name]);
}
