using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Storage.Tests.Sqlite;

/// <summary>One host: its own store on a data directory, and its own budgets.</summary>
public sealed class LedgerHost : IAsyncDisposable
{
    public LedgerHost(string folder, TimeProvider? time = null, LedgerBudgetsOptions? options = null, Func<ILedgerStore, ILedgerStore>? wrap = null)
    {
        Store = new SqliteLedgerStore(new SqliteDatabase(folder, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance), NullLogger<SqliteLedgerStore>.Instance);
        Budgets = new LedgerBudgets(
            wrap is null ? Store : wrap(Store), time ?? TimeProvider.System, IdGenerator.Default, options ?? new LedgerBudgetsOptions(), NullLogger<LedgerBudgets>.Instance);
    }

    public SqliteLedgerStore Store { get; }

    public LedgerBudgets Budgets { get; }

    public static Reservation Reservation(string id, long nanos, string tenant = "acme") => new(id, tenant, "key_1", "small", "traj_" + id, new Money(nanos));

    public async ValueTask DisposeAsync()
    {
        await Budgets.DisposeAsync();
        Store.Dispose();
    }
}
