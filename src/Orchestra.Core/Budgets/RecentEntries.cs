namespace Orchestra.Core.Budgets;

/// <summary>The last entries of a ledger by operation id: a bounded memory that answers most repeated operations without the store.</summary>
/// <param name="capacity">Entries that are remembered.</param>
internal sealed class RecentEntries(int capacity)
{
    private readonly Dictionary<string, LedgerEntry> entries = [];
    private readonly Queue<string> order = [];

    public LedgerEntry? Find(string operationId) => entries.GetValueOrDefault(operationId);

    public void Add(LedgerEntry entry)
    {
        if (!entries.TryAdd(entry.OperationId, entry))
            return;
        order.Enqueue(entry.OperationId);
        if (order.Count > capacity)
            entries.Remove(order.Dequeue());
    }

    // The id stays in the order: at worst an entry added again under it is forgotten early.
    public void Remove(string operationId) => entries.Remove(operationId);
}
