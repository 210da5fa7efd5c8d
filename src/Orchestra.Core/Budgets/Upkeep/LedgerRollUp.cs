using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Budgets.Writing;

namespace Orchestra.Core.Budgets.Upkeep;

/// <summary>
/// Rolls old rows up: the state that they led to becomes the ledger's opening, the sums of what was spent hold them, and the rows go. Whoever loses
/// a race against another host has done nothing, and a roll-up that was cut short is finished by the next.
/// </summary>
/// <param name="store">The ledgers.</param>
/// <param name="reports">The sums and openings.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="pause">How long paid calls have the store to themselves between two transactions.</param>
public sealed class LedgerRollUp(ILedgerStore store, ILedgerReports reports, TimeProvider time, TimeSpan pause)
{
    private const int PageSize = 2_000;
    private const int RowsAtOnce = 1_000;

    /// <summary>Rolls up every ledger, or one.</summary>
    /// <param name="tenantId">Whose ledger; null for all.</param>
    /// <param name="before">Rows before this time go.</param>
    /// <param name="isDryRun">Whether it only tells what would go.</param>
    /// <param name="ct">Stops it between two transactions.</param>
    public async Task<IReadOnlyList<RolledUp>> RunAsync(string? tenantId, DateTimeOffset before, bool isDryRun, CancellationToken ct)
    {
        var done = new List<RolledUp>();
        foreach (var head in await store.ListHeadsAsync(ct))
        {
            if (tenantId is not null && head.TenantId != tenantId)
                continue;
            var last = await LedgerTimes.LastBeforeAsync(store, head.TenantId, head.Version, before, ct);
            var rolledUp = await RollUpAsync(head, last, isDryRun, ct);
            if (rolledUp.Rows > 0)
                done.Add(rolledUp);
        }

        return done;
    }

    /// <summary>Rolls up a ledger to a version, or to the one before the last, which stays because it holds the ledger's version.</summary>
    public async Task<RolledUp> RollUpAsync(LedgerHead head, long version, bool isDryRun, CancellationToken ct)
    {
        version = Math.Min(version, head.Version - 1);
        var opening = await store.ReadOpeningAsync(head.TenantId, ct);
        if (isDryRun)
        {
            var first = await store.ReadAsync(head.TenantId, 0, 1, ct);
            return new RolledUp(head.TenantId, version, first.Count == 0 ? 0 : Math.Max(0, version + 1 - first[0].Version));
        }

        if (version > (opening?.Version ?? 0))
        {
            var state = await FoldAsync(head.TenantId, opening, version, ct);
            while (await reports.SummariseAsync(head.TenantId, RowsAtOnce, ct) >= RowsAtOnce)
                await PauseAsync(ct);
            await reports.MoveOpeningAsync(state, opening?.Version ?? 0, ct);
        }

        return new RolledUp(head.TenantId, version, await TrimAsync(head.TenantId, ct));
    }

    private async Task<LedgerSnapshot> FoldAsync(string tenantId, LedgerSnapshot? opening, long version, CancellationToken ct)
    {
        var account = opening is null ? new Account(tenantId) : new Account(StoredAccount.ReadOpening(opening));
        while (account.Version < version)
        {
            var page = await store.ReadAsync(tenantId, account.Version, (int)Math.Min(PageSize, version - account.Version), ct);
            if (page.Count == 0)
                throw new InvalidDataException($"The ledger of tenant {tenantId} ends at row {account.Version}, before row {version}: run orchestra ledger verify.");
            foreach (var entry in page)
                account.Apply(entry);
        }

        return account.ToSnapshot().ToLedger();
    }

    private async Task<long> TrimAsync(string tenantId, CancellationToken ct)
    {
        long rows = 0;
        while (await reports.TrimAsync(tenantId, RowsAtOnce, ct) is > 0 and var removed)
        {
            rows += removed;
            await PauseAsync(ct);
        }

        return rows;
    }

    private Task PauseAsync(CancellationToken ct) => pause > TimeSpan.Zero ? Task.Delay(pause, time, ct) : Task.CompletedTask;
}
