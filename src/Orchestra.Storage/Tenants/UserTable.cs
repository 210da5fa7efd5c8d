using System.Data.Common;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tenants;

/// <summary>The table of users.</summary>
internal sealed class UserTable() : PrincipalTable<User>("tenant_user", ["tenant", "id", "created_at"], 2, [])
{
    protected override string TenantColumn => "tenant";

    protected override string Lives { get; } = $"deleted_at IS NULL AND {TenantTable.LivesOf("tenant_user")}";

    protected override object?[] Identity(User row) => [row.Tenant, row.Id, StoredTime.From(row.CreatedAt)];

    protected override User Read(DbDataReader row, int from, int nameAt, int stateFrom) =>
        new(row.GetString(from + 1), row.GetString(from), row.GetString(nameAt), StoredTime.Read(row, from + 2)!.Value);
}
