using Npgsql;
using Orchestra.Core.Budgets;
using Orchestra.Storage.Postgres;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresLedgerStoreTests : LedgerStoreConformance
{
    private readonly PostgresHost _host = new();

    public override async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await base.InitializeAsync();
    }

    public override Task DisposeAsync() => _host.DisposeAsync();

    [SkippableFact]
    public async Task The_ledger_cannot_be_truncated()
    {
        var error = await Should.ThrowAsync<PostgresException>(() => _host.Database.RunAsync("TRUNCATE orchestra.ledger"));
        error.MessageText.ShouldContain("append-only");
    }

    protected override async Task<ILedgerStore> OpenAsync() => new PostgresLedgerStore(await _host.OpenAsync());

    protected override Task TamperAsync(string statement) => _host.Database.RunAsync($"SET search_path = orchestra; {statement}");
}
