using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>Ledgers in SQLite: one connection that writes, another that reads; any number of processes may share the file.</summary>
public sealed class SqliteLedgerStore : ILedgerStore, IDisposable
{
    private readonly SqliteLedgerAppender _appender;
    private readonly SqliteLedgerReader _reader;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Opens the ledgers of a database with <see cref="SqliteSchema.Main"/>.</summary>
    public SqliteLedgerStore(SqliteDatabase database, ILogger<SqliteLedgerStore> logger)
    {
        _reader = new SqliteLedgerReader(database.Connect());
        _appender = new SqliteLedgerAppender(database.Connect(), logger);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long afterVersion, int max, CancellationToken ct) =>
        LockedAsync(_reading, () => _reader.Read(tenantId, afterVersion, max), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> FindAsync(string tenantId, IReadOnlyList<string> operationIds, CancellationToken ct) =>
        LockedAsync(_reading, () => _reader.Find(tenantId, operationIds), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct) =>
        LockedAsync(_writing, () => _appender.Append(entries), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> ListHeadsAsync(CancellationToken ct) => LockedAsync(_reading, _reader.ListHeads, ct);

    /// <inheritdoc/>
    public Task<LedgerSnapshot?> ReadSnapshotAsync(string tenantId, CancellationToken ct) => LockedAsync(_reading, () => _reader.ReadSnapshot(tenantId), ct);

    /// <inheritdoc/>
    public Task<LedgerSnapshot?> ReadOpeningAsync(string tenantId, CancellationToken ct) => LockedAsync(_reading, () => _reader.ReadOpening(tenantId), ct);

    /// <inheritdoc/>
    public Task WriteSnapshotAsync(LedgerSnapshot snapshot, CancellationToken ct) => LockedAsync(
        _writing,
        () =>
        {
            _appender.WriteSnapshot(snapshot);
            return true;
        },
        ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        _appender.Dispose();
        _reader.Dispose();
        _reading.Dispose();
        _writing.Dispose();
    }

    private static async Task<T> LockedAsync<T>(SemaphoreSlim gate, Func<T> use, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            return use();
        }
        finally
        {
            gate.Release();
        }
    }
}
