using Microsoft.Data.Sqlite;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Sqlite.Tenants;

/// <summary>The table of the audit log.</summary>
internal static class AuditTable
{
    private const string Columns = "id, at, who, action, tenant, target, state_before, state_after";

    public static void Insert(SqliteConnection connection, AuditEntry entry)
    {
        using var insert = connection.Statement($"INSERT INTO audit ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING", 8);
        insert.Bind(entry.Id, SqliteTime.From(entry.At), entry.Who, entry.Action, entry.TenantId, entry.Target, entry.Before, entry.After).ExecuteNonQuery();
    }

    public static IReadOnlyList<AuditEntry> List(SqliteConnection connection, AuditFilter filter)
    {
        // A condition that is not asked for is left out, so that the others can use their index.
        var tenant = filter.Tenant is null ? string.Empty : "AND tenant = $1";
        var target = filter.Target is null ? string.Empty : "AND target = $2";
        var after = filter.After is null ? string.Empty : "AND number < (SELECT number FROM audit WHERE id = $3)";
        using var select = connection.Statement($"SELECT {Columns} FROM audit WHERE 1 {tenant} {target} {after} ORDER BY number DESC LIMIT $4", 4);
        using var rows = select.Bind(filter.Tenant, filter.Target, filter.After, filter.Limit).ExecuteReader();
        var page = new List<AuditEntry>();
        while (rows.Read())
            page.Add(Read(rows));
        return page;
    }

    private static AuditEntry Read(SqliteDataReader row) => new(
        row.GetString(0), SqliteTime.Read(row, 1)!.Value, row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
        row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7));
}
