using System.Data.Common;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tenants;

/// <summary>The table of tenants.</summary>
internal sealed class TenantTable() : PrincipalTable<Tenant>("tenant", ["id", "created_at"], 1, [])
{
    /// <summary>Holds where the tenant of a row of this table lives.</summary>
    public static string LivesOf(string table) => $"NOT EXISTS (SELECT 1 FROM tenant above WHERE above.id = {table}.tenant AND above.deleted_at IS NOT NULL)";

    protected override string TenantColumn => "id";

    protected override string Lives => "deleted_at IS NULL";

    protected override object?[] Identity(Tenant row) => [row.Id, StoredTime.From(row.CreatedAt)];

    protected override Tenant Read(DbDataReader row, int from, int nameAt, int stateFrom) =>
        new(row.GetString(from), row.GetString(nameAt), StoredTime.Read(row, from + 1)!.Value);
}
