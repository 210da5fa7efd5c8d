using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>Ledgers in SQLite: one connection that writes, another that reads; any number of processes may share the file.</summary>
public sealed partial class SqliteLedgerStore : ILedgerStore, IDisposable
{
    private readonly SqliteLedgerReader reader;
    private readonly SqliteLedgerAppender appender;
    private readonly SemaphoreSlim reading = new(1, 1);
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>Opens the ledgers of a database.</summary>
    public SqliteLedgerStore(SqliteDatabase database, ILogger<SqliteLedgerStore> logger)
    {
        _ = logger;
        reader = new SqliteLedgerReader(database.Connect());
        appender = new SqliteLedgerAppender(database.Connect());
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long afterVersion, int max, CancellationToken ct) =>
        LockedAsync(reading, () => reader.Read(tenantId, afterVersion, max), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> FindAsync(string tenantId, IReadOnlyList<string> operationIds, CancellationToken ct) =>
        LockedAsync(reading, () => reader.Find(tenantId, operationIds), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct) =>
        LockedAsync(writing, () => appender.Append(entries), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> ListHeadsAsync(CancellationToken ct) => LockedAsync(reading, reader.ListHeads, ct);

    /// <inheritdoc/>
    public Task<LedgerSnapshot?> ReadSnapshotAsync(string tenantId, CancellationToken ct) => LockedAsync(reading, () => reader.ReadSnapshot(tenantId), ct);

    /// <inheritdoc/>
    public Task WriteSnapshotAsync(LedgerSnapshot snapshot, CancellationToken ct) => LockedAsync(
        writing,
        () =>
        {
            appender.WriteSnapshot(snapshot);
            return true;
        },
        ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        appender.Dispose();
        reading.Dispose();
        writing.Dispose();
    }

    private static async Task<T> LockedAsync<T>(SemaphoreSlim gate, Func<T> body, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            return body();
        }
        finally
        {
            gate.Release();
        }
    }
}
