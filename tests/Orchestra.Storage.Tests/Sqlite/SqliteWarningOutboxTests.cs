using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Warnings;
using Orchestra.Storage.Sqlite;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqliteWarningOutboxTests : WarningOutboxConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    protected override Task<(ILedgerStore Ledger, IWarningOutbox Outbox)> OpenAsync()
    {
        var database = new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
        var (ledger, outbox) = (new SqliteLedgerStore(database, NullLogger<SqliteLedgerStore>.Instance), new SqliteWarningOutbox(database));
        _open.Add(ledger);
        _open.Add(outbox);
        return Task.FromResult<(ILedgerStore, IWarningOutbox)>((ledger, outbox));
    }
}
