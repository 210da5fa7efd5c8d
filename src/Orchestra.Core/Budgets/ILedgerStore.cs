namespace Orchestra.Core.Budgets;

/// <summary>Where ledgers are kept: append-only, one sequence of entries for each tenant.</summary>
public interface ILedgerStore
{
    /// <summary>The tenant's entries behind a version, in order.</summary>
    Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long afterVersion, CancellationToken ct);

    /// <summary>
    /// Appends entries of any number of tenants in one durable commit: all of them or none. Returns the tenants whose entries do not follow on
    /// the last one in the store, because another host wrote in between; empty where everything is committed.
    /// </summary>
    Task<IReadOnlyList<string>> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct);

    /// <summary>The tenants that have entries.</summary>
    Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken ct);
}
