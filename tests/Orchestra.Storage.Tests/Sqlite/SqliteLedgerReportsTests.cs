using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Storage.Sqlite;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqliteLedgerReportsTests : LedgerReportsSuite
{
    protected override Task<LedgerStores> OpenAsync()
    {
        var folder = new TemporaryFolder();
        var database = new SqliteDatabase(folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
        var store = new SqliteLedgerStore(database, NullLogger<SqliteLedgerStore>.Instance);
        var reports = new SqliteLedgerReports(database);
        return Task.FromResult(new LedgerStores(store, reports, reports, store, folder));
    }
}
