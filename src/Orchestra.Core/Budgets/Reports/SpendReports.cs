using Orchestra.Core.Tenants;

namespace Orchestra.Core.Budgets.Reports;

/// <summary>Answers what was spent: brings sums forward that are far behind, so that no answer ever reads a whole ledger twice.</summary>
public sealed class SpendReports(ILedgerStore store, ILedgerReports reports, ITenantStore tenants)
{
    /// <summary>Rows of one tenant behind its sums from which these are brought forward first.</summary>
    public const int FarBehind = 5_000;

    private const int RowsAtOnce = 10_000;
    private const int KeysAtOnce = 1_000;

    /// <summary>What was spent, with every settlement that was answered before the call.</summary>
    public async Task<SpendReport> ReadAsync(SpendQuery query, CancellationToken ct)
    {
        await BringForwardAsync(query.TenantId, ct);
        var groups = await reports.SpendAsync(query, ct);
        if (query.Metadata is { } metadata)
            groups = await ByMetadataAsync(groups, metadata, query.TenantId, ct);
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

    /// <summary>Sums the spend of keys up by a value of their metadata, which is that of the present.</summary>
    private async Task<IReadOnlyList<SpendGroup>> ByMetadataAsync(IReadOnlyList<SpendGroup> keys, string name, string? tenantId, CancellationToken ct)
    {
        var values = await ReadMetadataAsync(keys.Select(key => key.Name).ToHashSet(StringComparer.Ordinal), name, tenantId, ct);
        return [.. keys
            .GroupBy(key => (key.TenantId, Value: values.GetValueOrDefault(key.Name, string.Empty)))
            .Select(group => new SpendGroup(
                group.Key.TenantId, group.Key.Value, group.Aggregate(Int128.Zero, (sum, key) => sum + key.Nanos), group.Sum(key => key.Calls)))];
    }

    private async Task<Dictionary<string, string>> ReadMetadataAsync(HashSet<string> keys, string name, string? tenantId, CancellationToken ct)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        ListPosition? after = null;
        while (true)
        {
            var page = await tenants.ListKeysAsync(new PrincipalFilter { Tenant = tenantId, After = after, Limit = KeysAtOnce, IncludeDeleted = true }, ct);
            foreach (var key in page)
            {
                if (keys.Contains(key.Id) && key.Metadata.TryGetValue(name, out var value))
                    values[key.Id] = value;
            }

            if (page.Count < KeysAtOnce)
                return values;
            after = new ListPosition(string.Empty, page[^1].Id);
        }
    }
}
