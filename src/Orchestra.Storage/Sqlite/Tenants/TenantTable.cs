using Microsoft.Data.Sqlite;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Sqlite.Tenants;

/// <summary>The table of tenants.</summary>
internal sealed class TenantTable() : PrincipalTable<Tenant>("tenant", ["id", "created_at"], 1, [])
{
    /// <summary>Holds where the tenant of a row of this table lives.</summary>
    public static string LivesOf(string table) => $"NOT EXISTS (SELECT 1 FROM tenant above WHERE above.id = {table}.tenant AND above.deleted_at IS NOT NULL)";

    protected override string TenantColumn => "id";

    protected override string Lives => "deleted_at IS NULL";

    protected override object?[] Identity(Tenant row) => [row.Id, SqliteTime.From(row.CreatedAt)];

    protected override Tenant Read(SqliteDataReader row, int nameAt, int stateFrom) => new(row.GetString(0), row.GetString(nameAt), SqliteTime.Read(row, 1)!.Value);
}
