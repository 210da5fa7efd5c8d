using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>The ledger stores of one database, and what goes when the test is over.</summary>
public sealed class LedgerStores(ILedgerStore ledger, ILedgerReports reports, params IDisposable[] parts) : IAsyncDisposable
{
    public ILedgerStore Ledger => ledger;

    public ILedgerReports Reports => reports;

    /// <summary>What else has to end.</summary>
    public Func<Task>? Closing { get; init; }

    internal async Task<RandomLedger> AppendAsync(RandomLedger rows)
    {
        foreach (var chunk in rows.Entries.Chunk(500))
            (await ledger.AppendAsync(chunk, default)).ShouldBeEmpty();
        return rows;
    }

    /// <summary>The account as a host loads it.</summary>
    public async Task<Account> LoadAsync(string tenant)
    {
        var account = await Core.Budgets.Writing.StoredAccount.ReadAsync(ledger, tenant, default);
        while (await ledger.ReadAsync(tenant, account.Version, 500, default) is { Count: > 0 } page)
        {
            foreach (var entry in page)
                account.Apply(entry);
        }

        return account;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts)
            part.Dispose();
        if (Closing is not null)
            await Closing();
    }
}
