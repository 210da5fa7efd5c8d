namespace Orchestra.Core.Budgets.Reports;

/// <summary>
/// What is kept beside the ledgers: sums of what was spent, and openings, the states that rolled-up rows led to. Any number of hosts may call it at
/// the same time.
/// </summary>
/// <remarks>
/// A store keeps for each tenant the sums of its settle and expire rows for every (UTC day of the row's time, team, user, key, expert), empty where
/// there is none, up to and including one version: the tenant's spend head. A sum is exact whatever the amounts are; it may exceed 64 bits. An expiry
/// counts as a call, a settlement as well unless it corrects an expiry (its <see cref="LedgerEntry.Until"/> is set).
/// </remarks>
public interface ILedgerReports
{
    /// <summary>The spend head of every tenant that has one.</summary>
    Task<IReadOnlyList<LedgerHead>> ListSpendHeadsAsync(CancellationToken ct);

    /// <summary>
    /// Adds the tenant's next rows behind its spend head to the sums and moves the head behind them, in one transaction that reads the head itself, so
    /// that two hosts never add a row twice. At most <paramref name="maxRows"/> rows, so that writers wait for a moment only. Returns how many rows
    /// were added; fewer than the most means that none are left.
    /// </summary>
    Task<int> SummariseAsync(string tenantId, int maxRows, CancellationToken ct);

    /// <summary>
    /// What was spent, grouped, in no particular order: the sums and the rows behind every tenant's spend head, both read at one moment, so that the
    /// answer is exact however far the sums are behind. Groups without calls and without money are left out.
    /// </summary>
    Task<IReadOnlyList<SpendGroup>> SpendAsync(SpendQuery query, CancellationToken ct);

    /// <summary>The tenant's spend head and what the sums hold for each team, user and key, read at one moment; head 0 where there are no sums.</summary>
    Task<SpendTotals> ReadTotalsAsync(string tenantId, CancellationToken ct);

    /// <summary>
    /// The first row of each tenant, or of one, whose operation (id and <see cref="LedgerEntry.Slot"/>) an earlier row of the tenant records already. It
    /// looks at the rows themselves and trusts no constraint.
    /// </summary>
    Task<IReadOnlyList<LedgerHead>> FindRepeatedAsync(string? tenantId, CancellationToken ct);

    /// <summary>
    /// Puts an opening in the place of the one at version <paramref name="before"/> (0: there is none yet), in one transaction that also removes a
    /// snapshot that is older than it, and undelivered warnings of rows up to it. False, and nothing is changed, where the opening is at another version now, where the tenant's spend head is
    /// behind the new version, or where the ledger has no row after it: the last row always stays, for it holds the ledger's version.
    /// </summary>
    Task<bool> MoveOpeningAsync(LedgerSnapshot opening, long before, CancellationToken ct);

    /// <summary>Removes the tenant's oldest rows up to its opening, at most so many in one transaction, and returns how many; 0 where none are left.</summary>
    Task<int> TrimAsync(string tenantId, int maxRows, CancellationToken ct);
}
