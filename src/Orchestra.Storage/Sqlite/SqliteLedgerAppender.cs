using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>The writing side of the ledger store; one caller at a time.</summary>
internal sealed class SqliteLedgerAppender(SqliteConnection connection) : IDisposable
{
    private const int ConstraintFailed = 19;

    private readonly SqliteCommand _begin = connection.Statement("BEGIN IMMEDIATE");
    private readonly SqliteCommand _commit = connection.Statement("COMMIT");
    private readonly SqliteCommand _rollback = connection.Statement("ROLLBACK");
    private readonly SqliteCommand _head = connection.Statement("SELECT coalesce(max(version), 0) FROM ledger WHERE tenant = $1", 1);
    private readonly SqliteCommand _insert = connection.Statement("INSERT INTO ledger VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", 12);
    private readonly SqliteCommand _snapshot = connection.Statement("""
        INSERT INTO ledger_snapshot (tenant, version, state) VALUES ($1, $2, $3)
        ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, state = excluded.state WHERE excluded.version > version
        """, 3);

    private readonly HashSet<string> _seen = [];

    public IReadOnlyList<string> Append(IReadOnlyList<LedgerEntry> entries)
    {
        _begin.ExecuteNonQuery();
        try
        {
            var behind = Behind(entries);
            if (behind.Count == 0 && Insert(entries) is { } repeated)
                behind.Add(repeated);
            (behind.Count == 0 ? _commit : _rollback).ExecuteNonQuery();
            return behind;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void WriteSnapshot(LedgerSnapshot state) => _snapshot.Bind(state.TenantId, state.Version, state.State).ExecuteNonQuery();

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _head.Dispose();
        _insert.Dispose();
        _snapshot.Dispose();
        connection.Dispose();
    }

    private List<string> Behind(IReadOnlyList<LedgerEntry> entries)
    {
        var behind = new List<string>();
        _seen.Clear();
        foreach (var entry in entries)
        {
            if (_seen.Add(entry.TenantId) && (long)_head.Bind(entry.TenantId).ExecuteScalar()! != entry.Version - 1)
                behind.Add(entry.TenantId);
        }

        return behind;
    }

    /// <summary>Inserts all; returns the tenant of the first entry whose operation is recorded already, or null.</summary>
    private string? Insert(IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            try
            {
                _insert.Bind(
                    entry.TenantId, entry.Version, entry.At.ToUnixTimeMilliseconds(), (long)entry.Kind, entry.OperationId, entry.ReservationId, entry.Amount.Nanos,
                    (long)entry.Window, entry.LeaseUntil?.ToUnixTimeMilliseconds(), entry.KeyId, entry.Expert, entry.TrajectoryId).ExecuteNonQuery();
            }
            catch (SqliteException error) when (error.SqliteErrorCode == ConstraintFailed)
            {
                return entry.TenantId;
            }
        }

        return null;
    }

    private void RollBack()
    {
        try
        {
            _rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back already: there is no transaction left to end.
        }
    }
}
