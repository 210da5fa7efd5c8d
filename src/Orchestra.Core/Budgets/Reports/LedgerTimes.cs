namespace Orchestra.Core.Budgets.Reports;

/// <summary>Finds rows by time. A ledger's times never go back, so that its versions are an index of them and no other is needed.</summary>
internal static class LedgerTimes
{
    /// <summary>The version of the tenant's last row before a time; 0 where there is none.</summary>
    public static async Task<long> LastBeforeAsync(ILedgerStore store, string tenantId, long head, DateTimeOffset time, CancellationToken ct)
    {
        long before = 0;
        var behind = head + 1;
        while (behind - before > 1)
        {
            var middle = before + ((behind - before) / 2);
            // The first row from the middle on: there are none below an opening.
            var found = await store.ReadAsync(tenantId, middle - 1, 1, ct);
            if (found.Count == 0 || found[0].At >= time || found[0].Version >= behind)
                behind = middle;
            else
                before = found[0].Version;
        }

        return before;
    }
}
