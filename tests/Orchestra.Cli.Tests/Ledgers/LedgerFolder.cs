using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Cli.Tests.Ledgers;

/// <summary>A data folder with the ledger of one tenant: a limit, then a call a day for some days, the first one 100 days ago.</summary>
internal sealed class LedgerFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static readonly DateTimeOffset Start = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-100).AddHours(12);

    public string Path => _folder.Path;

    public static async Task<LedgerFolder> CreateAsync(int calls = 100)
    {
        var folder = new LedgerFolder();
        using var store = new SqliteLedgerStore(folder.Database(), NullLogger<SqliteLedgerStore>.Instance);
        var account = new Account("acme");
        var entries = new List<LedgerEntry>();
        Append(account.Change(new BudgetChange.SetLimit("limit", BudgetScope.Tenant, BudgetWindow.Daily, Money.FromDollars(5)), Start));
        Append(account.Change(new BudgetChange.SetLimit("none", BudgetScope.Team("red"), BudgetWindow.Total, null), Start));
        for (var i = 0; i < calls; i++)
        {
            var reservation = new Reservation($"r{i}", new Payer("acme", i % 2 == 0 ? "red" : "", "", "key"), i % 4 == 0 ? "=large,\"x\"" : "small", "traj", Money.FromDollars(2));
            Append(account.Reserve(reservation, Start.AddDays(i), TimeSpan.FromMinutes(2)));
            Append(account.Settle(reservation, Money.FromDollars(1.5m), Start.AddDays(i).AddSeconds(1), recalled: true));
        }

        (await store.AppendAsync(entries, default)).ShouldBeEmpty();
        return folder;

        void Append(AccountDecision decision)
        {
            decision.Outcome.ShouldBe(AccountOutcome.Append);
            account.Apply(decision.Entry);
            entries.Add(decision.Entry);
        }
    }

    public SqliteDatabase Database() => new(Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);

    public void Run(string statement)
    {
        using var connection = Database().Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose() => _folder.Dispose();
}
