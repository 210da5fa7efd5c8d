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
    private readonly RawStatement _insert = new(connection, "INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)");
    private readonly RawStatement _warn = new(connection, "INSERT INTO warning_outbox (tenant, version, due_at) VALUES (?1, ?2, ?3)");
    private readonly RawStatement _snapshot = new(connection, """
        INSERT INTO ledger_snapshot (tenant, version, state) VALUES (?1, ?2, ?3)
        ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, state = excluded.state WHERE excluded.version > version
        """);

    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _behind = [];

    public IReadOnlyList<string> Append(IReadOnlyList<LedgerEntry> entries)
    {
        _begin.Run();
        try
        {
            _behind.Clear();
            FindBehind(entries);
            // An operation that is recorded already takes out its tenant, of which rows may be in by then.
            while (Insert(entries) is { } repeated)
            {
                _rollback.Run();
                _behind.Add(repeated);
                _begin.Run();
            }

            _commit.Run();
            return _behind.Count == 0 ? [] : [.. _behind];
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
        foreach (var statement in (ReadOnlySpan<RawStatement>)[_begin, _commit, _rollback, _head, _insert, _warn, _snapshot])
            statement.Dispose();
        connection.Dispose();
    }

    private void FindBehind(IReadOnlyList<LedgerEntry> entries)
    {
        _seen.Clear();
        for (var i = 0; i < entries.Count; i++)
        {
            var (tenant, version) = (entries[i].TenantId, entries[i].Version);
            if (_seen.Add(tenant) && _head.Bind(1, tenant).ReadLong() != version - 1)
                _behind.Add(tenant);
        }
    }

    /// <summary>Inserts all entries of tenants that are not behind; returns the tenant of the first whose operation is recorded already, or null.</summary>
    private string? Insert(IReadOnlyList<LedgerEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if ((_behind.Count == 0 || !_behind.Contains(entry.TenantId)) && !Insert(entry))
                return entry.TenantId;
        }

        return null;
    }

    private bool Insert(in LedgerEntry entry)
    {
        var isBudget = entry.IsAboutBudget;
        _insert.Bind(1, entry.TenantId).Bind(2, entry.Version).Bind(3, entry.At.ToUnixTimeMilliseconds()).Bind(4, (long)entry.Kind)
            .Bind(5, entry.OperationId).BindText(6, entry.ReservationId == entry.OperationId ? null : entry.ReservationId).Bind(7, entry.Amount.Nanos)
            .BindText(9, entry.Payer?.TeamId).BindText(10, entry.Payer?.UserId).BindText(12, entry.Expert).BindText(13, entry.TrajectoryId)
            .BindText(15, isBudget ? entry.Scope.Id : null).BindText(17, entry.Detail);
        _ = entry.Until is { } until ? _insert.Bind(8, until.ToUnixTimeMilliseconds()) : _insert.BindNull(8);
        _ = entry.Payer is { } payer ? _insert.Bind(11, payer.KeyId) : _insert.BindNull(11);
        _ = isBudget ? _insert.Bind(14, (long)entry.Scope.Level).Bind(16, entry.Window.Code) : _insert.BindNull(14).BindNull(16);
        if (!_insert.TryRun())
            return false;
        if (entry.Kind == LedgerEntryKind.Warn)
            _warn.Bind(1, entry.TenantId).Bind(2, entry.Version).Bind(3, entry.At.ToUnixTimeMilliseconds()).Run();
        return true;
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
