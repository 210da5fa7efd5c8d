using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>The reading side of the ledger store; one caller at a time.</summary>
internal sealed class SqliteLedgerReader(SqliteConnection connection) : IDisposable
{
    private const string Columns =
        "SELECT tenant, version, at, kind, operation_id, reservation_id, amount, window, lease_until, key_id, expert, trajectory_id FROM ledger ";

    private readonly SqliteCommand _read = connection.Statement(Columns + "WHERE tenant = $1 AND version > $2 ORDER BY version LIMIT $3", 3);
    private readonly SqliteCommand _find = connection.Statement(Columns + "WHERE tenant = $1 AND operation_id = $2", 2);
    private readonly SqliteCommand _snapshot = connection.Statement("SELECT version, state FROM ledger_snapshot WHERE tenant = $1", 1);
    private readonly SqliteCommand _heads = connection.Statement("""
        WITH RECURSIVE tenants (tenant) AS (
            SELECT min(tenant) FROM ledger
            UNION ALL
            SELECT (SELECT min(tenant) FROM ledger WHERE tenant > tenants.tenant) FROM tenants WHERE tenants.tenant IS NOT NULL)
        SELECT tenant, (SELECT max(version) FROM ledger WHERE ledger.tenant = tenants.tenant) FROM tenants WHERE tenant IS NOT NULL
        """);

    public IReadOnlyList<LedgerEntry> Read(string tenantId, long afterVersion, int max)
    {
        using var rows = _read.Bind(tenantId, afterVersion, max).ExecuteReader();
        var entries = new List<LedgerEntry>();
        while (rows.Read())
            entries.Add(Entry(rows));
        return entries;
    }

    public IReadOnlyList<LedgerEntry> Find(string tenantId, IReadOnlyList<string> operationIds)
    {
        var entries = new List<LedgerEntry>();
        foreach (var id in operationIds)
        {
            using var rows = _find.Bind(tenantId, id).ExecuteReader();
            while (rows.Read())
                entries.Add(Entry(rows));
        }

        entries.Sort((a, b) => a.Version.CompareTo(b.Version));
        return entries;
    }

    public IReadOnlyList<LedgerHead> ListHeads()
    {
        using var rows = _heads.ExecuteReader();
        var found = new List<LedgerHead>();
        while (rows.Read())
            found.Add(new LedgerHead(rows.GetString(0), rows.GetInt64(1)));
        return found;
    }

    public LedgerSnapshot? ReadSnapshot(string tenantId)
    {
        using var rows = _snapshot.Bind(tenantId).ExecuteReader();
        return rows.Read() ? new LedgerSnapshot(tenantId, rows.GetInt64(0), rows.GetString(1)) : null;
    }

    public void Dispose()
    {
        _read.Dispose();
        _find.Dispose();
        _snapshot.Dispose();
        _heads.Dispose();
        connection.Dispose();
    }

    private static LedgerEntry Entry(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), (LedgerEntryKind)row.GetInt32(3), row.GetString(4),
        row.GetString(5), new Money(row.GetInt64(6)), (BudgetWindow)row.GetInt32(7),
        row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)), row.GetString(9), row.GetString(10), row.GetString(11));
}
