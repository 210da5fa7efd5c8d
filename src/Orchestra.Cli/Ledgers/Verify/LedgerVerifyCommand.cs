using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets.Verification;
using Spectre.Console;

namespace Orchestra.Cli.Ledgers.Verify;

/// <summary><c>orchestra ledger verify</c>: folds every ledger and checks every rule and every stored state.</summary>
internal static class LedgerVerifyCommand
{
    public static Command Create()
    {
        var store = new StoreOptions();
        var tenant = TenantOption.Create();
        var grace = DurationOption.Create(
            "--grace", "How long a reservation may stay open after its lease, by the ledger's time. Default: 1h.", TimeSpan.Zero, TimeSpan.FromDays(365));
        grace.DefaultValueFactory = _ => TimeSpan.FromHours(1);
        var json = NodeOptions.Json();
        var command = new Command("verify", "Fold every tenant's ledger, check every rule and stored state, and name the first row that breaks one; a node may be running.") { tenant, grace };
        store.AddTo(command);
        command.Add(json);
        command.SetAction(async (parse, ct) =>
        {
            await using var ledgers = await store.OpenAsync(parse, ct);
            var started = TimeProvider.System.GetTimestamp();
            var verifier = new LedgerVerifier(ledgers.Store, ledgers.Reports, parse.GetValue(grace));
            var found = await RunAsync(verifier, parse.GetValue(tenant), parse.InvocationConfiguration.Error, ct);
            if (parse.GetValue(tenant) is { } id && found.AllTenants == 0)
                throw new CommandException($"The tenant '{id}' has no ledger: it does not exist, or has neither spent nor a budget.");
            var took = TimeProvider.System.GetElapsedTime(started);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
                await output.WriteLineAsync(VerificationJson.Write(found, took));
            else
                VerificationTable.Write(Terminal.On(output), found, took);
            return found.Faults.Count == 0 ? ExitCode.Ok : ExitCode.Failure;
        });
        return command.WithExamples("./orchestra ledger verify", "./orchestra ledger verify --tenant acme --json | jq .faults");
    }

    /// <summary>Verifies with a line of progress where a person waits for it.</summary>
    private static Task<LedgerVerification> RunAsync(LedgerVerifier verifier, string? tenant, TextWriter error, CancellationToken ct) => !Terminal.IsTerminal(error)
        ? verifier.VerifyAsync(tenant, null, ct)
        : Terminal.On(error).Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(progress =>
        {
            var task = progress.AddTask("ledgers");
            return verifier.VerifyAsync(tenant, new ProgressLine(task), ct);
        });

    private sealed class ProgressLine(ProgressTask task) : IProgress<LedgerVerification>
    {
        public void Report(LedgerVerification value)
        {
            task.Description = $"{value.Rows:N0} rows";
            task.MaxValue = Math.Max(1, value.AllTenants);
            task.Value = value.Tenants;
        }
    }
}
