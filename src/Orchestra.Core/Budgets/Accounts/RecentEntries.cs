using System.Diagnostics.CodeAnalysis;

namespace Orchestra.Core.Budgets.Accounts;

/// <summary>
/// The last entries of a ledger by operation: a memory that answers most repeated operations without the store. Entries that are only proposed
/// must stay until they are durable, since the store does not know them either: it forgets only when it is told to.
/// </summary>
/// <param name="capacity">Entries that are remembered for longer.</param>
internal sealed class RecentEntries(int capacity)
{
    private readonly Dictionary<OperationKey, LedgerEntry> _entries = [];
    private readonly Queue<OperationKey> _order = [];

    public bool TryFind(string operationId, LedgerEntryKind kind, [MaybeNullWhen(false)] out LedgerEntry entry) =>
        _entries.TryGetValue(new OperationKey(operationId, LedgerEntry.SlotOf(kind)), out entry);

    public void Add(in LedgerEntry entry)
    {
        var key = new OperationKey(entry.OperationId, entry.Slot);
        if (_entries.TryAdd(key, entry))
            _order.Enqueue(key);
    }

    // The key stays in the order: at worst an entry added again under it is forgotten early.
    public void Remove(string operationId, LedgerEntryKind kind) => _entries.Remove(new OperationKey(operationId, LedgerEntry.SlotOf(kind)));

    /// <summary>Forgets the oldest entries beyond the capacity.</summary>
    public void Trim()
    {
        while (_order.Count > capacity)
            _entries.Remove(_order.Dequeue());
    }
}
