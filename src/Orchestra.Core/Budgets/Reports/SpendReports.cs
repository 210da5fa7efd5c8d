namespace Orchestra.Core.Budgets.Reports;

/// <summary>Answers what was spent: brings sums forward that are far behind, so that no answer ever reads a whole ledger twice.</summary>
public sealed class SpendReports(ILedgerStore store, ILedgerReports reports)
{
    /// <summary>Rows of one tenant behind its sums from which these are brought forward first.</summary>
    public const int FarBehind = 5_000;

    private const int RowsAtOnce = 10_000;

    /// <summary>What was spent, with every settlement that was answered before the call.</summary>
    public async Task<SpendReport> ReadAsync(SpendQuery query, CancellationToken ct)
    {
        await BringForwardAsync(query.TenantId, ct);
        var groups = await reports.SpendAsync(query, ct);
        return new SpendReport(query, query.By == SpendBy.Day
            ? [.. groups.OrderBy(group => group.Name, StringComparer.Ordinal)]
            : [.. groups.OrderByDescending(group => group.Nanos).ThenBy(group => group.TenantId, StringComparer.Ordinal).ThenBy(group => group.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Brings the sums of every tenant, or of one, forward that are far behind; returns how many tenants that were.</summary>
    public async Task<int> BringForwardAsync(string? tenantId, CancellationToken ct)
    {
        var heads = (await reports.ListSpendHeadsAsync(ct)).ToDictionary(head => head.TenantId, head => head.Version);
        var behind = 0;
        foreach (var head in await store.ListHeadsAsync(ct))
        {
            if ((tenantId is not null && head.TenantId != tenantId) || head.Version - heads.GetValueOrDefault(head.TenantId) < FarBehind)
                continue;
            behind++;
            await BringForwardAllAsync(head.TenantId, ct);
        }

        return behind;
    }

    /// <summary>Brings the sums of a tenant forward to its last row.</summary>
    public async Task BringForwardAllAsync(string tenantId, CancellationToken ct)
    {
        while (await reports.SummariseAsync(tenantId, RowsAtOnce, ct) >= RowsAtOnce)
            ct.ThrowIfCancellationRequested();
    }
}
