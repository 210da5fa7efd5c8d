using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Warnings;
using Orchestra.Storage.Postgres;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresWarningOutboxTests : WarningOutboxConformance, IAsyncLifetime
{
    private readonly PostgresHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    protected override async Task<(ILedgerStore Ledger, IWarningOutbox Outbox)> OpenAsync()
    {
        var database = await _host.OpenAsync();
        return (new PostgresLedgerStore(database), new PostgresWarningOutbox(database));
    }
}
