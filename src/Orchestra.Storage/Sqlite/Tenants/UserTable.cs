using Microsoft.Data.Sqlite;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Sqlite.Tenants;

/// <summary>The table of users.</summary>
internal sealed class UserTable() : PrincipalTable<User>("tenant_user", ["tenant", "id", "created_at"], 2, [])
{
    protected override string TenantColumn => "tenant";

    protected override string Lives { get; } = $"deleted_at IS NULL AND {TenantTable.LivesOf("tenant_user")}";

    protected override object?[] Identity(User row) => [row.Tenant, row.Id, SqliteTime.From(row.CreatedAt)];

    protected override User Read(SqliteDataReader row, int nameAt, int stateFrom) =>
        new(row.GetString(1), row.GetString(0), row.GetString(nameAt), SqliteTime.Read(row, 2)!.Value);
}
