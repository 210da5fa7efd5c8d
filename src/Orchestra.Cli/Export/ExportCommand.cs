using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Ledgers;
using Orchestra.Core.Trajectories;

namespace Orchestra.Cli.Export;

/// <summary><c>orchestra export</c>: what the node's own traffic has shown, as an outcome table.</summary>
public static class ExportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = new StoreOptions();
        var file = new Option<string>("--out") { Description = "The table to write, .jsonl or .jsonl.gz; it appears when it is complete.", HelpName = "FILE", Required = true };
        var tenant = TenantOption.Create();
        var since = TimeOption.Create("--since", "Trajectories from this time on: an ISO date or time such as 2026-03-01, UTC unless it has an offset. Default: all that are kept.");
        var until = TimeOption.Create("--until", "Trajectories before this time. Default: the present.");
        var json = NodeOptions.Json();
        var command = new Command("export", "Write what feedback, verdicts and shadow answers say of the experts as an outcome table; a node may be running.") { file, tenant, since, until, json };
        store.AddTo(command);
        command.SetAction(async (parse, ct) =>
        {
            var path = parse.GetRequiredValue(file);
            if (!path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
                throw new CommandException($"--out is '{path}'; it takes a file whose name ends in .jsonl or .jsonl.gz.", ExitCode.Usage);
            var filter = new TrajectoryFilter(parse.GetValue(tenant), parse.GetValue(since), parse.GetValue(until));
            if (filter.Since >= filter.Until)
                throw new CommandException("--since must lie before --until, which is not part of the export.", ExitCode.Usage);
            await using var ledgers = await store.OpenAsync(parse, ct);
            var summary = await new OutcomeExport(ledgers.Trajectories, filter).WriteAsync(path, Progress(parse.InvocationConfiguration.Error), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(json) ? JsonSerializer.Serialize(summary, ExportJson.Default.ExportSummary) : Sentence(summary));
            return ExitCode.Ok;
        });
        return command.WithExamples("./orchestra export --out outcomes.jsonl.gz", "./orchestra export --out march.jsonl --tenant acme --since 2026-03-01 --until 2026-04-01 --json");
    }

    private static Action<long, long> Progress(TextWriter error)
    {
        if (!Terminal.IsTerminal(error))
            return static (_, _) => { };
        return (read, rows) => error.Write($"\r{Number(read)} trajectories read, {Number(rows)} rows written ");
    }

    private static string Sentence(ExportSummary summary) => string.Create(
        CultureInfo.InvariantCulture,
        $"{summary.Rows:N0} rows with {summary.Outcomes:N0} outcomes written to {summary.File}; {summary.SkippedNoText + summary.SkippedNoAnswer + summary.SkippedNoScore:N0} trajectories skipped: {summary.SkippedNoScore:N0} without a known score, {summary.SkippedNoAnswer:N0} without an expert's answer, {summary.SkippedNoText:N0} without a text.");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
