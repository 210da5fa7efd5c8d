using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Tests.Sqlite;

/// <summary>A real store that fails, loses its answers or stands still when it is told to.</summary>
public sealed class FaultyLedgerStore(ILedgerStore inner) : ILedgerStore
{
    public bool FailsBeforeCommit { get; set; }

    public bool FailsAfterCommit { get; set; }

    /// <summary>How often an append fails before the disk is well again by itself.</summary>
    public int FailuresLeft { get; set; } = int.MaxValue;

    public bool FailsToRead { get; set; }

    public TaskCompletionSource? Holding { get; set; }

    public int Appends { get; private set; }

    public int EntriesRead { get; private set; }

    public int Loads { get; private set; }

    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long afterVersion, int max, CancellationToken ct)
    {
        if (FailsToRead)
            throw new IOException("The disk does not read.");
        var entries = await inner.ReadAsync(tenantId, afterVersion, max, ct);
        EntriesRead += entries.Count;
        return entries;
    }

    public Task<IReadOnlyList<LedgerEntry>> FindAsync(string tenantId, IReadOnlyList<string> operationIds, CancellationToken ct) =>
        inner.FindAsync(tenantId, operationIds, ct);

    public async Task<IReadOnlyList<string>> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        Appends++;
        if (Holding is { } holding)
            await holding.Task;
        if (FailsBeforeCommit && FailuresLeft-- > 0)
            throw new IOException("The disk is full.");
        var behind = await inner.AppendAsync(entries, ct);
        return FailsAfterCommit && FailuresLeft-- > 0 ? throw new IOException("The answer was lost.") : behind;
    }

    public Task<IReadOnlyList<LedgerHead>> ListHeadsAsync(CancellationToken ct) => inner.ListHeadsAsync(ct);

    public Task<LedgerSnapshot?> ReadSnapshotAsync(string tenantId, CancellationToken ct)
    {
        Loads++;
        return inner.ReadSnapshotAsync(tenantId, ct);
    }

    public Task WriteSnapshotAsync(LedgerSnapshot snapshot, CancellationToken ct) => inner.WriteSnapshotAsync(snapshot, ct);

    public Task<LedgerSnapshot?> ReadOpeningAsync(string tenantId, CancellationToken ct) => inner.ReadOpeningAsync(tenantId, ct);
}
