using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Budgets.Writing;

namespace Orchestra.Core.Budgets.Verification;

/// <summary>Folds ledgers from their first rows, or from their openings, and checks every rule of the account at every row, and every stored state.</summary>
/// <param name="store">The ledgers.</param>
/// <param name="reports">The sums of what was spent.</param>
/// <param name="grace">How long a reservation may be open after its lease, by the ledger's own time.</param>
public sealed class LedgerVerifier(ILedgerStore store, ILedgerReports reports, TimeSpan grace)
{
    private const int PageSize = 2_000;
    private const int MostRestarts = 10;
    private readonly List<LedgerFault> _faults = [];
    private int _tenants;
    private int _allTenants;
    private long _rows;
    private long _snapshots;

    /// <summary>Verifies every ledger, or one; hosts may write while it reads.</summary>
    /// <param name="tenantId">Whose ledger; null for all.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<LedgerVerification> VerifyAsync(string? tenantId, IProgress<LedgerVerification>? progress, CancellationToken ct)
    {
        var heads = (await store.ListHeadsAsync(ct)).Where(head => tenantId is null || head.TenantId == tenantId).ToList();
        _allTenants = heads.Count;
        foreach (var head in heads)
        {
            if (await VerifyAsync(head.TenantId, () => progress?.Report(Result()), ct) is { } fault)
                _faults.Add(fault);
            _tenants++;
            progress?.Report(Result());
        }

        foreach (var repeated in await reports.FindRepeatedAsync(tenantId, ct))
            Add(new LedgerFault(repeated.TenantId, repeated.Version, "the operation is recorded by an earlier row already"));
        return Result();
    }

    private LedgerVerification Result() => new(_tenants, _allTenants, _rows, _snapshots, [.. _faults]);

    /// <summary>Adds a fault where the tenant has none at an earlier row.</summary>
    private void Add(LedgerFault fault)
    {
        var known = _faults.FindIndex(other => other.TenantId == fault.TenantId);
        if (known < 0)
            _faults.Add(fault);
        else if (_faults[known].Version >= fault.Version)
            _faults[known] = fault;
    }

    private async Task<LedgerFault?> VerifyAsync(string tenantId, Action report, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            // Read before the rows: what they hold is durable, so that the rows up to them are there. The sums always reach beyond the opening.
            var opening = await store.ReadOpeningAsync(tenantId, ct);
            var totals = await reports.ReadTotalsAsync(tenantId, ct);
            var snapshot = await store.ReadSnapshotAsync(tenantId, ct);
            var rows = _rows;
            var fault = await FoldAsync(tenantId, opening, snapshot, totals, report, ct);
            if (fault is null || tries == MostRestarts || (await store.ReadOpeningAsync(tenantId, ct))?.Version == opening?.Version)
                return fault;
            // The rows were rolled up while they were read.
            _rows = rows;
        }
    }

    private async Task<LedgerFault?> FoldAsync(
        string tenantId, LedgerSnapshot? opening, LedgerSnapshot? snapshot, SpendTotals totals, Action report, CancellationToken ct)
    {
        var checks = new AccountCheck(Start(tenantId, opening, out var unreadable));
        if (unreadable is not null)
            return new LedgerFault(tenantId, opening!.Version, unreadable);
        if (totals.Version < opening?.Version)
            return new LedgerFault(tenantId, opening.Version, $"the rows up to this one are rolled up, but the sums of what was spent end at row {totals.Version}");
        if (StateAt(checks, opening, snapshot, totals) is { } wrong)
            return new LedgerFault(tenantId, checks.Version, wrong);
        var next = ReadAsync(tenantId, checks.Version, ct);
        while (true)
        {
            IReadOnlyList<LedgerEntry> page;
            try
            {
                page = await next;
            }
            catch (Exception error) when (error is InvalidDataException or ArgumentException or OverflowException)
            {
                return await FindUnreadableAsync(tenantId, checks, error, ct);
            }

            // The next page is read while this one is folded.
            next = page.Count < PageSize ? Task.FromResult<IReadOnlyList<LedgerEntry>>([]) : ReadAsync(tenantId, page[^1].Version, ct);
            foreach (var entry in page)
            {
                var fault = checks.Take(entry);
                _rows++;
                if ((fault ?? StateAt(checks, opening, snapshot, totals)) is { } message)
                {
                    await next;
                    return new LedgerFault(tenantId, fault is null ? entry.Version : checks.FaultVersion, message);
                }
            }

            report();
            if (page.Count < PageSize)
                return AtEnd(tenantId, checks, snapshot, totals);
        }
    }

    private Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long after, CancellationToken ct) => Task.Run(() => store.ReadAsync(tenantId, after, PageSize, ct), ct);

    private static Account Start(string tenantId, LedgerSnapshot? opening, out string? fault)
    {
        fault = null;
        try
        {
            return opening is null ? new Account(tenantId) : new Account(StoredAccount.ReadOpening(opening));
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or OverflowException or NullReferenceException)
        {
            fault = $"the opening at this row cannot be read ({error.Message})";
            return new Account(tenantId);
        }
    }

    /// <summary>Compares what is stored for the row at which the fold is.</summary>
    private string? StateAt(AccountCheck checks, LedgerSnapshot? opening, LedgerSnapshot? snapshot, SpendTotals totals)
    {
        if (checks.Version == opening?.Version)
            _snapshots++;
        if (checks.Version == totals.Version && checks.CompareSpend(totals) is { } wrong)
            return wrong;
        if (checks.Version != snapshot?.Version)
            return null;
        _snapshots++;
        return checks.Equals(snapshot) ? null : "the snapshot of this row is not what the rows add up to";
    }

    private LedgerFault? AtEnd(string tenantId, AccountCheck checks, LedgerSnapshot? snapshot, SpendTotals totals)
    {
        if (checks.CompareAll() is { } wrong)
            return new LedgerFault(tenantId, checks.Version, wrong);
        if (totals.Version > checks.Version)
            return new LedgerFault(tenantId, checks.Version + 1, $"the row is missing: the sums of what was spent hold the rows up to {totals.Version}, the ledger ends at {checks.Version}");
        if (snapshot?.Version > checks.Version)
            return new LedgerFault(tenantId, checks.Version + 1, $"the row is missing: there is a snapshot of row {snapshot.Version}, the ledger ends at {checks.Version}");
        return checks.Forgotten(grace) is { } forgotten ? new LedgerFault(tenantId, forgotten.Version, forgotten.Message) : null;
    }

    private async Task<LedgerFault> FindUnreadableAsync(string tenantId, AccountCheck checks, Exception error, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var one = await store.ReadAsync(tenantId, checks.Version, 1, ct);
                if (one.Count == 0)
                    return new LedgerFault(tenantId, checks.Version, $"the rows behind it cannot be read ({error.Message})");
                if (checks.Take(one[0]) is { } message)
                    return new LedgerFault(tenantId, checks.FaultVersion, message);
                _rows++;
            }
            catch (Exception fault) when (fault is InvalidDataException or ArgumentException or OverflowException)
            {
                return new LedgerFault(tenantId, checks.Version + 1, $"the row cannot be read ({fault.Message})");
            }
        }
    }
}
