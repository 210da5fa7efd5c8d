using System.Runtime.CompilerServices;

namespace Orchestra.Core.Budgets.Reports;

/// <summary>Reads rows of the ledgers by tenant and version, in pages, never a whole ledger at once.</summary>
public sealed class LedgerRows(ILedgerStore store)
{
    private const int PageSize = 1_000;
    private const int MostLooks = 50_000;

    /// <summary>The rows that are asked for, up to a number; a call looks at a bounded number of rows, however few of them match.</summary>
    /// <param name="filter">Which rows.</param>
    /// <param name="after">Where the page before ended; null for the first page.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="ct">Stops reading.</param>
    public async Task<LedgerPage> ReadAsync(LedgerFilter filter, LedgerPosition? after, int limit, CancellationToken ct)
    {
        var found = new List<LedgerEntry>();
        var looks = 0;
        await foreach (var entry in AllAsync(filter, after, ct))
        {
            if (filter.Matches(entry))
                found.Add(entry);
            if (found.Count == limit || ++looks == MostLooks)
                return new LedgerPage(found, new LedgerPosition(entry.TenantId, entry.Version));
        }

        return new LedgerPage(found, null);
    }

    /// <summary>All rows that are asked for.</summary>
    public async IAsyncEnumerable<LedgerEntry> ReadAllAsync(LedgerFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var entry in AllAsync(filter, null, ct))
        {
            if (filter.Matches(entry))
                yield return entry;
        }
    }

    /// <summary>Every row of the tenants and times that are asked for.</summary>
    private async IAsyncEnumerable<LedgerEntry> AllAsync(LedgerFilter filter, LedgerPosition? after, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var head in (await store.ListHeadsAsync(ct)).OrderBy(head => head.TenantId, StringComparer.Ordinal))
        {
            var order = string.CompareOrdinal(head.TenantId, after?.TenantId);
            if ((filter.TenantId is not null && filter.TenantId != head.TenantId) || (after is not null && order < 0))
                continue;
            var (first, last) = await RangeAsync(filter, head, ct);
            if (after is { } position && order == 0)
                first = Math.Max(first, position.Version);
            while (first < last)
            {
                var page = await store.ReadAsync(head.TenantId, first, PageSize, ct);
                foreach (var entry in page)
                {
                    if (entry.Version > last)
                        break;
                    yield return entry;
                }

                first = page.Count < PageSize ? last : page[^1].Version;
            }
        }
    }

    /// <summary>The version before the first row that can match, and that of the last.</summary>
    private async Task<(long First, long Last)> RangeAsync(LedgerFilter filter, LedgerHead head, CancellationToken ct)
    {
        long first = 0;
        var last = head.Version;
        if (filter.ReservationId is { } reservation)
        {
            // All rows of a reservation lie between its first one and its end, and the store finds these by their operation.
            var known = await store.FindAsync(head.TenantId, [reservation], ct);
            if (known.Count > 0 && known[0].Kind == LedgerEntryKind.Reserve)
                first = known[0].Version - 1;
            if (known.Count > 0 && known[^1].Kind is LedgerEntryKind.Settle or LedgerEntryKind.Release)
                last = known[^1].Version;
        }

        if (filter.From is { } from)
            first = Math.Max(first, await LedgerTimes.LastBeforeAsync(store, head.TenantId, head.Version, from, ct));
        if (filter.To is { } to)
            last = Math.Min(last, await LedgerTimes.LastBeforeAsync(store, head.TenantId, head.Version, to, ct));
        return (first, last);
    }
}
