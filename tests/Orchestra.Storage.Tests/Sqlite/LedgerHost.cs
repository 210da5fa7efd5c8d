using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Storage.Tests.Sqlite;

/// <summary>One host: its own store, and its own budgets.</summary>
public sealed class LedgerHost : IAsyncDisposable
{
    private readonly ILedgerStore _store;

    public LedgerHost(string folder, TimeProvider? time = null, LedgerBudgetsOptions? options = null)
        : this(OpenSqlite(folder), time, options)
    {
    }

    public LedgerHost(ILedgerStore store, TimeProvider? time = null, LedgerBudgetsOptions? options = null)
    {
        _store = store;
        Store = new FaultyLedgerStore(store);
        Budgets = new LedgerBudgets(Store, time ?? TimeProvider.System, IdGenerator.Default, options ?? new LedgerBudgetsOptions(), NullLogger<LedgerBudgets>.Instance);
    }

    public FaultyLedgerStore Store { get; }

    public LedgerBudgets Budgets { get; }

    public static Reservation Reservation(string id, long nanos, string tenant = "acme") => new(id, new Payer(tenant, "", "", "key_1"), "small", "traj_" + id, new Money(nanos));

    public Task ReserveAsync(string id, long nanos, string tenant = "acme") => Budgets.ReserveAsync(Reservation(id, nanos, tenant), default);

    public Task SettleAsync(string id, long actual, string tenant = "acme") => Budgets.SettleAsync(Reservation(id, 0, tenant), new Money(actual));

    public async Task<Seen> GetAsync(string tenant = "acme") => Seen.From(await Budgets.GetAsync(tenant, default));

    public async Task<Seen> SetLimitAsync(Money? limit, BudgetWindow window, string tenant = "acme") =>
        Seen.From(await Budgets.ChangeAsync(tenant, new BudgetChange.SetLimit(IdGenerator.Default.Next("limit_"), BudgetScope.Tenant, window, limit), default));

    /// <summary>Every entry of a tenant, folded: what any other host would see.</summary>
    public async Task<Account> FoldAsync(string tenant = "acme", long upTo = int.MaxValue)
    {
        var account = new Account(tenant);
        foreach (var entry in await _store.ReadAsync(tenant, 0, (int)upTo, default))
            account.Apply(entry);
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        await Budgets.DisposeAsync();
        (_store as IDisposable)?.Dispose();
    }

    private static SqliteLedgerStore OpenSqlite(string folder) =>
        new(new SqliteDatabase(folder, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance), NullLogger<SqliteLedgerStore>.Instance);
}
