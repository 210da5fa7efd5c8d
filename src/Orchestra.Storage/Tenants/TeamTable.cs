using System.Data.Common;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tenants;

/// <summary>The table of teams.</summary>
internal sealed class TeamTable() : PrincipalTable<Team>("team", ["tenant", "id", "created_at"], 2, [])
{
    protected override string TenantColumn => "tenant";

    protected override string Lives { get; } = $"deleted_at IS NULL AND {TenantTable.LivesOf("team")}";

    protected override object?[] Identity(Team row) => [row.Tenant, row.Id, StoredTime.From(row.CreatedAt)];

    protected override Team Read(DbDataReader row, int from, int nameAt, int stateFrom) =>
        new(row.GetString(from + 1), row.GetString(from), row.GetString(nameAt), StoredTime.Read(row, from + 2)!.Value);
}
