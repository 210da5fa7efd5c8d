using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>One host's way to the store: every call waits until the test lets it happen, and again until the test lets its answer arrive.</summary>
public sealed class SteppedLedgerStore(MemoryLedgerStore store) : ILedgerStore
{
    /// <summary>The call that waits; a host makes one at a time.</summary>
    public StoreCall? Pending { get; private set; }

    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long afterVersion, int max, CancellationToken ct) =>
        CallAsync($"read after {afterVersion}", () => store.Read(tenantId, afterVersion, max));

    public Task<IReadOnlyList<LedgerEntry>> FindAsync(string tenantId, IReadOnlyList<string> operationIds, CancellationToken ct) =>
        CallAsync("find " + string.Join(' ', operationIds), () => store.Find(tenantId, operationIds));

    public Task<IReadOnlyList<string>> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        LedgerEntry[] sent = [.. entries];
        return CallAsync("append " + string.Join(", ", sent.Select(entry => $"{entry.Version} {entry.Kind} {entry.OperationId}")), () => store.Append(sent));
    }

    public Task<IReadOnlyList<LedgerHead>> ListHeadsAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<LedgerSnapshot?> ReadSnapshotAsync(string tenantId, CancellationToken ct) => CallAsync("read the snapshot", () => store.Snapshot(tenantId));

    public Task<LedgerSnapshot?> ReadOpeningAsync(string tenantId, CancellationToken ct) => CallAsync("read the opening", () => (LedgerSnapshot?)null);

    public Task WriteSnapshotAsync(LedgerSnapshot snapshot, CancellationToken ct) => CallAsync($"write snapshot {snapshot.Version}", () =>
    {
        store.Write(snapshot);
        return true;
    });

    private Task<T> CallAsync<T>(string name, Func<T> call)
    {
        if (Pending is { IsAnswered: false })
            throw new InvalidOperationException("A host has two calls under way.");
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        Pending = new StoreCall(name, () => result = call(), () => source.SetResult(result), source.SetException);
        return source.Task;
    }
}
