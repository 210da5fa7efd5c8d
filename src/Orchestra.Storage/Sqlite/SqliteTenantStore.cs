using Microsoft.Data.Sqlite;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>Tenants, keys and settings in SQLite.</summary>
public sealed class SqliteTenantStore(SqliteDatabase database) : ITenantStore, IDisposable
{
    private const int ForeignKeyFailed = 787;
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public Task<bool> AddTenantAsync(Tenant tenant, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var insert = connection.Statement("INSERT INTO tenant (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", 3);
            return insert.Bind(tenant.Id, tenant.Name, tenant.CreatedAt.ToUnixTimeMilliseconds()).ExecuteNonQuery() == 1;
        },
        ct);

    /// <inheritdoc/>
    public Task<Tenant?> FindTenantAsync(string id, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var select = connection.Statement("SELECT id, name, created_at FROM tenant WHERE id = $1", 1);
            using var rows = select.Bind(id).ExecuteReader();
            return rows.Read() ? ReadTenant(rows) : null;
        },
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken ct) => _connection.UseAsync<IReadOnlyList<Tenant>>(
        connection =>
        {
            using var select = connection.Statement("SELECT id, name, created_at FROM tenant ORDER BY id");
            using var rows = select.ExecuteReader();
            var tenants = new List<Tenant>();
            while (rows.Read())
                tenants.Add(ReadTenant(rows));
            return tenants;
        },
        ct);

    /// <inheritdoc/>
    public Task AddKeyAsync(ApiKey key, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var insert = connection.Statement("INSERT INTO api_key (id, tenant, secret_hash, created_at) VALUES ($1, $2, $3, $4)", 4);
            try
            {
                return insert.Bind(key.Id, key.TenantId, key.SecretHash, key.CreatedAt.ToUnixTimeMilliseconds()).ExecuteNonQuery();
            }
            catch (SqliteException error) when (error.SqliteExtendedErrorCode == ForeignKeyFailed)
            {
                throw new OrchestraException(ErrorCode.NotFound, 404, $"There is no tenant {key.TenantId}; create it before its keys.", error);
            }
        },
        ct);

    /// <inheritdoc/>
    public Task<ApiKey?> FindKeyAsync(string keyId, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var select = connection.Statement("SELECT id, tenant, secret_hash, created_at FROM api_key WHERE id = $1", 1);
            using var rows = select.Bind(keyId).ExecuteReader();
            return rows.Read()
                ? new ApiKey(rows.GetString(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(3)))
                : null;
        },
        ct);

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

    private static byte[]? ReadSetting(SqliteConnection connection, string name)
    {
        using var select = connection.Statement("SELECT value FROM setting WHERE name = $1", 1);
        return select.Bind(name).ExecuteScalar() as byte[];
    }

    private static Tenant ReadTenant(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)));
}
