using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>The reading side of the ledger store; one caller at a time.</summary>
internal sealed class SqliteLedgerReader(SqliteConnection connection) : IDisposable
{
    private readonly SqliteTextCache _texts = new();
    private readonly RawStatement _read = new(connection, SqliteEntryRow.Select + "WHERE tenant = ?1 AND version > ?2 ORDER BY version LIMIT ?3");
    private readonly RawStatement _find = new(connection, SqliteEntryRow.Select + "WHERE tenant = ?1 AND operation_id = ?2");
    private readonly SqliteCommand _snapshot = connection.Statement("SELECT version, state FROM ledger_snapshot WHERE tenant = $1", 1);
    private readonly SqliteCommand _opening = connection.Statement("SELECT version, state FROM ledger_opening WHERE tenant = $1", 1);
    private readonly SqliteCommand _heads = connection.Statement($"""
        WITH RECURSIVE {SqliteTenants.Of("ledger")}
        SELECT tenant, (SELECT max(version) FROM ledger WHERE ledger.tenant = tenants.tenant) FROM tenants WHERE tenant IS NOT NULL
        """);

    public IReadOnlyList<LedgerEntry> Read(string tenantId, long afterVersion, int max)
    {
        var entries = new List<LedgerEntry>();
        ReadAll(_read.Bind(1, tenantId).Bind(2, afterVersion).Bind(3, max), entries);
        return entries;
    }

    public IReadOnlyList<LedgerEntry> Find(string tenantId, IReadOnlyList<string> operationIds)
    {
        var entries = new List<LedgerEntry>();
        foreach (var id in operationIds)
            ReadAll(_find.Bind(1, tenantId).Bind(2, id), entries);
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

    public LedgerSnapshot? ReadSnapshot(string tenantId) => ReadState(_snapshot, tenantId);

    public LedgerSnapshot? ReadOpening(string tenantId) => ReadState(_opening, tenantId);

    public void Dispose()
    {
        _read.Dispose();
        _find.Dispose();
        _snapshot.Dispose();
        _opening.Dispose();
        _heads.Dispose();
        connection.Dispose();
    }

    private void ReadAll(RawStatement statement, List<LedgerEntry> entries)
    {
        try
        {
            while (statement.Step())
                entries.Add(SqliteEntryRow.Read(statement, _texts));
        }
        finally
        {
            // A row that cannot be read must not keep the statement, and with it the connection's view of the database, open.
            statement.Reset();
        }
    }

    private static LedgerSnapshot? ReadState(SqliteCommand select, string tenantId)
    {
        using var rows = select.Bind(tenantId).ExecuteReader();
        return rows.Read() ? new LedgerSnapshot(tenantId, rows.GetInt64(0), rows.GetString(1)) : null;
    }
}
