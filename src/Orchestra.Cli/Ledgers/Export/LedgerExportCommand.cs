using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Cli.Ledgers.Export;

/// <summary><c>orchestra ledger export</c>: the rows of a time as CSV or JSON lines.</summary>
internal static class LedgerExportCommand
{
    public static Command Create()
    {
        var store = new StoreOptions();
        var from = TimeOption("--from", "Rows from this time on: an ISO date or time such as 2026-03-01 or 2026-03-01T12:00:00+01:00, UTC unless it has an offset.");
        var to = TimeOption("--to", "Rows before this time.");
        var tenant = TenantOption.Create();
        var format = new Option<string>("--format") { Description = "csv (RFC 4180 with a header) or jsonl (a JSON object a line).", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "jsonl");
        var file = new Option<string?>("--out") { Description = "The file to write; it appears when it is complete. Default: standard output.", HelpName = "FILE" };
        var command = new Command("export", "Write the rows of a time, by tenant and in order, with exact decimal dollars; a node may be running.") { from, to, tenant, format, file };
        store.AddTo(command);
        command.SetAction(async (parse, ct) =>
        {
            var filter = new LedgerFilter(parse.GetValue(tenant), parse.GetValue(from), parse.GetValue(to));
            if (filter.From >= filter.To)
                throw new CommandException("--from must lie before --to, which is not part of the export.", ExitCode.Usage);
            await using var ledgers = await store.OpenAsync(parse, ct);
            var export = new LedgerExport(new LedgerRows(ledgers.Store), filter, parse.GetRequiredValue(format) == "csv");
            if (parse.GetValue(file) is { } path)
                await WriteFileAsync(export, path, ct);
            else
                await export.WriteAsync(parse.InvocationConfiguration.Output, ct);
            return ExitCode.Ok;
        });
        return command.WithExamples(
            "./orchestra ledger export --from 2026-03-01 --to 2026-04-01 --out march.csv", "./orchestra ledger export --from 2026-03-01 --to 2026-03-02 --format jsonl | jq .amount_usd");
    }

    private static async Task WriteFileAsync(LedgerExport export, string path, CancellationToken ct)
    {
        var part = path + ".part";
        try
        {
            var rights = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 64 * 1024 };
            // It says who spent what: for its owner alone.
            if (!OperatingSystem.IsWindows())
                rights.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var writer = new StreamWriter(part, rights))
                await export.WriteAsync(writer, ct);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The file '{path}' cannot be written ({error.Message}). Give another one with --out.", inner: error);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static Option<DateTimeOffset?> TimeOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
            if (ReportTime.TryParse(text, out var time))
                return time;
            result.AddError($"{name} is '{text}'; it takes an ISO date or time such as 2026-03-01 or 2026-03-01T12:00:00Z.");
            return null;
        },
    };
}
