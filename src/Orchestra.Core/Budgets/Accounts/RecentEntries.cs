using System.Diagnostics.CodeAnalysis;

namespace Orchestra.Core.Budgets.Accounts;

/// <summary>The last entries of a ledger by operation: a bounded memory that answers most repeated operations without the store.</summary>
/// <param name="capacity">Entries that are remembered.</param>
internal sealed class RecentEntries(int capacity)
{
    private readonly Dictionary<OperationKey, LedgerEntry> _entries = [];
    private readonly Queue<OperationKey> _order = [];

    public bool TryFind(string operationId, LedgerEntryKind kind, [MaybeNullWhen(false)] out LedgerEntry entry) =>
        _entries.TryGetValue(new OperationKey(operationId, LedgerEntry.SlotOf(kind)), out entry);

    public void Add(in LedgerEntry entry)
    {
        var key = new OperationKey(entry.OperationId, entry.Slot);
        if (!_entries.TryAdd(key, entry))
            return;
        _order.Enqueue(key);
        if (_order.Count > capacity)
            _entries.Remove(_order.Dequeue());
    }

    // The key stays in the order: at worst an entry added again under it is forgotten early.
    public void Remove(in LedgerEntry entry) => _entries.Remove(new OperationKey(entry.OperationId, entry.Slot));
}
