using Microsoft.Data.Sqlite;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Sqlite.Tenants;

/// <summary>The table of teams.</summary>
internal sealed class TeamTable() : PrincipalTable<Team>("team", ["tenant", "id", "created_at"], 2, [])
{
    protected override string TenantColumn => "tenant";

    protected override string Lives { get; } = $"deleted_at IS NULL AND {TenantTable.LivesOf("team")}";

    protected override object?[] Identity(Team row) => [row.Tenant, row.Id, SqliteTime.From(row.CreatedAt)];

    protected override Team Read(SqliteDataReader row, int nameAt, int stateFrom) =>
        new(row.GetString(1), row.GetString(0), row.GetString(nameAt), SqliteTime.Read(row, 2)!.Value);
}
