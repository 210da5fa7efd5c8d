using System.Data.Common;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tenants;

/// <summary>The table of the audit log: the statements of all databases, and how a row is read.</summary>
internal static class AuditTable
{
    private const string Columns = "id, at, who, action, tenant, target, state_before, state_after";

    public static Statement Insert(AuditEntry entry) => new(
        $"INSERT INTO audit ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
        [entry.Id, StoredTime.From(entry.At), entry.Who, entry.Action, entry.TenantId, entry.Target, entry.Before, entry.After]);

    public static Statement List(AuditFilter filter)
    {
        // A condition that is not asked for is left out, so that the others can use their index.
        var conditions = new List<string>();
        var values = new List<object?>();
        Where("tenant = $", filter.Tenant);
        Where("target = $", filter.Target);
        Where("number < (SELECT number FROM audit WHERE id = $", filter.After, ")");
        values.Add(filter.Limit);
        var where = conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
        return new($"SELECT {Columns} FROM audit WHERE {where} ORDER BY number DESC LIMIT ${values.Count}", [.. values]);

        void Where(string before, string? value, string behind = "")
        {
            if (value is null)
                return;
            values.Add(value);
            conditions.Add($"{before}{values.Count}{behind}");
        }
    }

    public static AuditEntry Read(DbDataReader row) => new(
        row.GetString(0), StoredTime.Read(row, 1)!.Value, row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
        row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7));
}
