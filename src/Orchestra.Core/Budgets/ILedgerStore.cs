namespace Orchestra.Core.Budgets;

/// <summary>Where ledgers are kept: append-only, one sequence of entries for each tenant.</summary>
public interface ILedgerStore
{
    /// <summary>The tenant's next entries behind a version, in order; fewer than <paramref name="max"/> where there are no more.</summary>
    Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long afterVersion, int max, CancellationToken ct);

    /// <summary>The tenant's entries that record these operations in any slot, in order; operations without one are left out.</summary>
    Task<IReadOnlyList<LedgerEntry>> FindAsync(string tenantId, IReadOnlyList<string> operationIds, CancellationToken ct);

    /// <summary>
    /// Appends entries of any number of tenants in one durable commit; all entries of a tenant or none. Returns the tenants whose entries are not
    /// written, because they do not follow on the last one in the store or record an operation that is recorded already: another host wrote in
    /// between. After an exception it is unknown which entries are committed.
    /// </summary>
    Task<IReadOnlyList<string>> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct);

    /// <summary>The tenants that have entries, and how many.</summary>
    Task<IReadOnlyList<LedgerHead>> ListHeadsAsync(CancellationToken ct);

    /// <summary>The tenant's latest snapshot, or null.</summary>
    Task<LedgerSnapshot?> ReadSnapshotAsync(string tenantId, CancellationToken ct);

    /// <summary>Keeps a snapshot in place of an older one; one that is older than the stored one is ignored.</summary>
    Task WriteSnapshotAsync(LedgerSnapshot snapshot, CancellationToken ct);

    /// <summary>The state that the tenant's rolled-up rows led to, which are no longer there; null where every row is. Rows follow on its version.</summary>
    Task<LedgerSnapshot?> ReadOpeningAsync(string tenantId, CancellationToken ct);
}
