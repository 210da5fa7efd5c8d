using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>The writing side of the ledger store; one caller at a time.</summary>
internal sealed partial class SqliteLedgerAppender(SqliteConnection connection, ILogger logger) : IDisposable
{
    private readonly RawStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly RawStatement _commit = new(connection, "COMMIT");
    private readonly RawStatement _rollback = new(connection, "ROLLBACK");
    private readonly RawStatement _head = new(connection, "SELECT coalesce(max(version), 0) FROM ledger WHERE tenant = ?1");
    private readonly RawStatement _insert = new(connection, "INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    private readonly RawStatement _snapshot = new(connection, """
        INSERT INTO ledger_snapshot (tenant, version, state) VALUES (?1, ?2, ?3)
        ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, state = excluded.state WHERE excluded.version > version
        """);

    private readonly HashSet<string> _seen = [];

    public IReadOnlyList<string> Append(IReadOnlyList<LedgerEntry> entries)
    {
        _begin.Run();
        try
        {
            var behind = Behind(entries);
            if (behind.Count == 0 && Insert(entries) is { } repeated)
                behind = [repeated];
            (behind.Count == 0 ? _commit : _rollback).Run();
            return behind;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void WriteSnapshot(LedgerSnapshot snapshot) =>
        _snapshot.Bind(1, snapshot.TenantId).Bind(2, snapshot.Version).Bind(3, snapshot.State).Run();

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<RawStatement>)[_begin, _commit, _rollback, _head, _insert, _snapshot])
            statement.Dispose();
        connection.Dispose();
    }

    private IReadOnlyList<string> Behind(IReadOnlyList<LedgerEntry> entries)
    {
        List<string>? behind = null;
        _seen.Clear();
        foreach (var entry in entries)
        {
            if (_seen.Add(entry.TenantId) && _head.Bind(1, entry.TenantId).ReadLong() != entry.Version - 1)
                (behind ??= []).Add(entry.TenantId);
        }

        return behind ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Inserts all; returns the tenant of the first entry whose operation is recorded already, or null.</summary>
    private string? Insert(IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            _insert.Bind(1, entry.TenantId).Bind(2, entry.Version).Bind(3, entry.At.ToUnixTimeMilliseconds()).Bind(4, (long)entry.Kind)
                .Bind(5, entry.OperationId).Bind(6, entry.ReservationId).Bind(7, entry.Amount.Nanos).Bind(8, (long)entry.Window)
                .Bind(10, entry.KeyId).Bind(11, entry.Expert).Bind(12, entry.TrajectoryId);
            _ = entry.LeaseUntil is { } lease ? _insert.Bind(9, lease.ToUnixTimeMilliseconds()) : _insert.BindNull(9);
            if (!_insert.TryRun())
                return entry.TenantId;
        }

        return null;
    }

    private void RollBack()
    {
        try
        {
            _rollback.Run();
        }
        catch (SqliteException error)
        {
            // After some errors SQLite has rolled back by itself, and there is no transaction left to end.
            LogNotRolledBack(error);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "There was no transaction left to roll back")]
    private partial void LogNotRolledBack(Exception error);
}
