using Orchestra.Core.Budgets;
using Orchestra.Storage.Postgres;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresLedgerReportsTests : LedgerReportsSuite
{
    [SkippableFact]
    public async Task An_operation_that_is_recorded_twice_is_found_without_the_index_that_forbids_it()
    {
        var host = new PostgresHost();
        await using var stores = await OpenAsync(host);
        foreach (var tenant in new[] { "acme", "zeta", "beta" })
            await stores.AppendAsync(new RandomLedger(1, tenant, 60));
        await host.Database.RunAsync(
            """
            DROP INDEX orchestra.ledger_operation;
            INSERT INTO orchestra.ledger (version, at, amount, kind, tenant, operation_id)
            SELECT version + 60, at, amount, kind, tenant, operation_id FROM orchestra.ledger WHERE tenant <> 'beta' AND kind = 2 AND (version > 30 OR tenant = 'zeta')
            """);
        var repeated = new List<LedgerHead>();
        foreach (var tenant in new[] { "acme", "zeta" })
            repeated.Add(new LedgerHead(tenant, (await stores.Ledger.ReadAsync(tenant, 60, 1, default))[0].Version));

        (await stores.Reports.FindRepeatedAsync(null, default)).ShouldBe(repeated, ignoreOrder: true);
        (await stores.Reports.FindRepeatedAsync("zeta", default)).ShouldBe([repeated[1]]);
        (await stores.Reports.FindRepeatedAsync("beta", default)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Hosts_that_trim_at_once_remove_different_rows()
    {
        var host = new PostgresHost();
        await using var stores = await OpenAsync(host);
        var ledger = await stores.AppendAsync(new RandomLedger(2));
        while (await stores.Reports.SummariseAsync("acme", 1_000, default) > 0)
            continue;
        (await stores.Reports.MoveOpeningAsync(new LedgerSnapshot("acme", 300, "state"), 0, default)).ShouldBeTrue();
        var other = new PostgresLedgerReports(await host.OpenAsync());

        var removed = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? stores.Reports : other).TrimAsync("acme", 60, default)));

        removed.Order().ShouldBe([0, 60, 60, 60, 60, 60]);
        (await stores.Ledger.ReadAsync("acme", 0, 1_000, default)).ShouldBe(ledger.Entries.Skip(300));
    }

    protected override Task<LedgerStores> OpenAsync() => OpenAsync(new PostgresHost());

    private static async Task<LedgerStores> OpenAsync(PostgresHost host)
    {
        await host.InitializeAsync();
        var database = await host.OpenAsync();
        return new LedgerStores(new PostgresLedgerStore(database), new PostgresLedgerReports(database)) { Closing = host.DisposeAsync };
    }
}
