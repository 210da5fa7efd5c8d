using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>Every ledger in memory, with the rules of a real store: one call after the other, each at once.</summary>
public sealed class MemoryLedgerStore
{
    private readonly Dictionary<string, List<LedgerEntry>> _ledgers = [];
    private readonly Dictionary<string, LedgerSnapshot> _snapshots = [];
    private readonly HashSet<(string Tenant, string Operation, int Slot)> _operations = [];

    public List<LedgerEntry> Of(string tenantId) => _ledgers.TryGetValue(tenantId, out var ledger) ? ledger : _ledgers[tenantId] = [];

    public IReadOnlyList<LedgerEntry> Read(string tenantId, long afterVersion, int max) => [.. Of(tenantId).Skip((int)afterVersion).Take(max)];

    public IReadOnlyList<LedgerEntry> Find(string tenantId, IReadOnlyList<string> operationIds) =>
        [.. Of(tenantId).Where(entry => operationIds.Contains(entry.OperationId))];

    public IReadOnlyList<string> Append(IReadOnlyList<LedgerEntry> entries)
    {
        var behind = new List<string>();
        foreach (var group in entries.GroupBy(entry => entry.TenantId))
        {
            var ledger = Of(group.Key);
            var follow = group.Select((entry, i) => entry.Version == ledger.Count + i + 1).All(follows => follows);
            var keys = group.Select(entry => (entry.TenantId, entry.OperationId, entry.Slot)).ToList();
            if (!follow || keys.Exists(_operations.Contains) || keys.Distinct().Count() != keys.Count)
            {
                behind.Add(group.Key);
                continue;
            }

            _operations.UnionWith(keys);
            ledger.AddRange(group);
        }

        return behind;
    }

    public LedgerSnapshot? Snapshot(string tenantId) => _snapshots.GetValueOrDefault(tenantId);

    public void Write(LedgerSnapshot snapshot)
    {
        if (Snapshot(snapshot.TenantId) is not { } known || known.Version < snapshot.Version)
            _snapshots[snapshot.TenantId] = snapshot;
    }
}
