using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Budgets.Verification;
using Orchestra.Storage.Sqlite;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Sqlite.Verification;

/// <summary>A real ledger in SQLite that somebody changes behind Orchestra's back.</summary>
internal sealed class DamagedLedger : IAsyncDisposable
{
    private const string Acme = "acme";
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Payer Payer = new(Acme, "team", "", "key");
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly LedgerStores _stores;

    private DamagedLedger()
    {
        _database = new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
        var store = new SqliteLedgerStore(_database, NullLogger<SqliteLedgerStore>.Instance);
        var reports = new SqliteLedgerReports(_database);
        _stores = new LedgerStores(store, reports, reports, store, _folder);
    }

    public ILedgerStore Store => _stores.Ledger;

    public ILedgerReports Reports => _stores.Reports;

    /// <summary>
    /// Some 60 rows: a limit of 1,500 a day for the team; then calls of three rows that reserve 100, extend by 20 and settle at 10 or 50; one in five
    /// expires and is settled late. There are a snapshot of row 40 and sums up to row 30. A second tenant is good.
    /// </summary>
    public static async Task<DamagedLedger> CreateAsync()
    {
        var ledger = new DamagedLedger();
        var account = new Account(Acme);
        var entries = new List<LedgerEntry>();
        Append(account, entries, account.Change(new BudgetChange.SetLimit("limit", BudgetScope.Team("team"), BudgetWindow.Daily, new Money(1_500)), Noon));
        for (var call = 0; entries.Count < 60; call++)
        {
            var reservation = new Reservation($"r{call}", Payer, "small", "traj", new Money(100));
            var at = Noon.AddMinutes(call * 5);
            Append(account, entries, account.Reserve(reservation, at, TimeSpan.FromMinutes(2)));
            Append(account, entries, account.Extend(reservation, $"x{call}", new Money(20), at.AddSeconds(5), TimeSpan.FromMinutes(2), recalled: true));
            Append(account, entries, call % 5 == 4 ? account.Expire(reservation.Id, at.AddMinutes(3)) : account.Settle(reservation, new Money(call % 5 == 0 ? 10 : 50), at.AddSeconds(9), recalled: true));
            if (call % 5 == 4)
                Append(account, entries, account.Settle(reservation, new Money(30), at.AddMinutes(4), recalled: true));
        }

        var folded = new Account(Acme);
        entries.Take(40).ToList().ForEach(entry => folded.Apply(entry));
        (await ledger.Store.AppendAsync(entries, default)).ShouldBeEmpty();
        await ledger.Store.WriteSnapshotAsync(folded.ToSnapshot().ToLedger(), default);
        await ledger.Reports.SummariseAsync(Acme, 30, default);
        await ledger._stores.AppendAsync(new RandomLedger(1, "zeta", 50));
        return ledger;
    }

    /// <summary>Runs statements as a person with the file could, past all triggers.</summary>
    public void Run(string statements)
    {
        using var connection = _database.Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = "DROP TRIGGER IF EXISTS ledger_is_not_updated; DROP TRIGGER IF EXISTS ledger_is_not_deleted; PRAGMA ignore_check_constraints = ON;" + statements;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public Task<LedgerVerification> VerifyAsync() => new LedgerVerifier(Store, Reports, TimeSpan.FromHours(1)).VerifyAsync(null, null, default);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    private static void Append(Account account, List<LedgerEntry> entries, AccountDecision decision)
    {
        decision.Outcome.ShouldBe(AccountOutcome.Append);
        account.Apply(decision.Entry);
        entries.Add(decision.Entry);
    }
}
