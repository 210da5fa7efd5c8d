namespace Orchestra.Core.Budgets;

/// <summary>The last entries of a ledger by operation id: a bounded memory that answers most repeated operations without the store.</summary>
/// <param name="capacity">Entries that are remembered.</param>
internal sealed class RecentEntries(int capacity)
{
    private readonly Dictionary<string, LedgerEntry> _entries = [];
    private readonly Queue<string> _order = [];

    public LedgerEntry? Find(string operationId) => _entries.GetValueOrDefault(operationId);

    public void Add(LedgerEntry entry)
    {
        if (!_entries.TryAdd(entry.OperationId, entry))
            return;
        _order.Enqueue(entry.OperationId);
        if (_order.Count > capacity)
            _entries.Remove(_order.Dequeue());
    }

    // The id stays in the order: at worst an entry added again under it is forgotten early.
    public void Remove(string operationId) => _entries.Remove(operationId);
}
