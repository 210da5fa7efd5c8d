using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>The reading side of the ledger store; one caller at a time.</summary>
internal sealed class SqliteLedgerReader(SqliteConnection connection) : IDisposable
{
    /// <summary>The beginning of every statement whose rows <see cref="Entry"/> reads.</summary>
    public const string Columns =
        "SELECT tenant, version, at, kind, operation_id, reservation_id, amount, until, team, user, key_id, expert, trajectory_id, level, scope, window, detail FROM ledger ";

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

    /// <summary>Reads the present row.</summary>
    public static LedgerEntry Entry(SqliteDataReader row)
    {
        var (tenant, kind, operation) = (row.GetString(0), (LedgerEntryKind)row.GetInt32(3), row.GetString(4));
        return new LedgerEntry(
            tenant, row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), kind, operation,
            !row.IsDBNull(5) ? row.GetString(5) : LedgerEntry.IsAboutReservation(kind) ? operation : string.Empty, new Money(row.GetInt64(6)),
            row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
            row.IsDBNull(10) ? null : new Payer(tenant, Text(row, 8), Text(row, 9), row.GetString(10)), Text(row, 11), Text(row, 12),
            row.IsDBNull(13) ? BudgetScope.Tenant : new BudgetScope((BudgetLevel)row.GetInt32(13), Text(row, 14)),
            row.IsDBNull(15) ? BudgetWindow.Total : BudgetWindow.FromCode(row.GetInt32(15)), Text(row, 16));
    }

    private static string Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? string.Empty : row.GetString(column);
}
