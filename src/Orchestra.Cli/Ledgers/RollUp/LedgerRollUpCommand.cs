using System.CommandLine;
using System.Globalization;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets.Upkeep;
using Orchestra.Core.Configuration;
using Spectre.Console;

namespace Orchestra.Cli.Ledgers.RollUp;

/// <summary><c>orchestra ledger rollup</c>: rolls old rows up by hand.</summary>
internal static class LedgerRollUpCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Command Create()
    {
        var store = new StoreOptions();
        var olderThan = DurationOption.Create("--older-than", "How long rows are kept, such as 90d; at least 35d.", BudgetOptions.LeastRetention, BudgetOptions.MostRetention);
        olderThan.Required = true;
        var tenant = TenantOption.Create();
        var isDryRun = new Option<bool>("--dry-run") { Description = "Only tell which rows would go." };
        var command = new Command("rollup", "Replace old rows by the state and the sums that they add up to; a node may be running. What is rolled up cannot be brought back.") { olderThan, tenant, isDryRun };
        store.AddTo(command);
        command.SetAction(async (parse, ct) =>
        {
            await using var ledgers = await store.OpenAsync(parse, ct);
            var rollUp = new LedgerRollUp(ledgers.Store, ledgers.Reports, TimeProvider.System, Pause);
            var before = TimeProvider.System.GetUtcNow() - parse.GetValue(olderThan);
            var done = await rollUp.RunAsync(parse.GetValue(tenant), before, parse.GetValue(isDryRun), ct);
            Write(Terminal.On(parse.InvocationConfiguration.Output), done, before, parse.GetValue(isDryRun));
            return ExitCode.Ok;
        });
        return command.WithExamples("./orchestra ledger rollup --older-than 90d --dry-run", "./orchestra ledger rollup --older-than 365d --tenant acme");
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<RolledUp> done, DateTimeOffset before, bool isDryRun)
    {
        var rows = Number(done.Sum(one => one.Rows));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows before {before:yyyy-MM-dd HH:mm} UTC {(isDryRun ? "would be rolled up" : "are rolled up")}."));
        if (done.Count == 0)
            return;
        var table = new Table().Border(TableBorder.Rounded).AddColumn("tenant").AddColumn(new TableColumn("rows").RightAligned()).AddColumn(new TableColumn("up to row").RightAligned());
        foreach (var one in done)
            table.AddRow(new Text(Terminal.Clean(one.TenantId)), new Text(Number(one.Rows)), new Text(Number(one.Version)));
        console.Write(table);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
