using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tables;
using Spectre.Console;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary><c>orchestra bench outcomes</c>: what a running node reaches on recorded prompts, beside the baselines.</summary>
public static class BenchOutcomesCommand
{
    private static readonly Option<string[]> Data = new("--data") { Description = "Outcome tables, .jsonl or .jsonl.gz", Required = true, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<Uri> Url = NodeOptions.Url();
    private static readonly Option<string?> Key = NodeOptions.Key();
    private static readonly Option<int?> Limit = new("--limit") { Description = "Rows to send at most; default all" };
    private static readonly Option<bool> Json = NodeOptions.Json();
    private static readonly Option<int> Concurrency = new("--concurrency") { Description = "Requests in flight, 1 to 256", DefaultValueFactory = _ => 8 };
    private static readonly Option<string> Model = new("--model") { Description = "Model to ask for", DefaultValueFactory = _ => "orchestra" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("outcomes", "Send recorded prompts through a running node, grade the answers, print accuracy and cost beside the baselines")
        {
            Data, Url, Key, Limit, Json, Concurrency, Model,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var options = OptionsOf(result);
        var report = await MeasureAsync(new OutcomesBench(options, TimeProvider.System), error, ct);
        if (result.GetValue(Json))
            await output.WriteLineAsync(OutcomesJson.Write(report, options));
        else
            OutcomesTable.Write(ConsoleOn(output), report, options.Model);
        if (report.Answered == 0)
            throw new CommandException($"No prompt was answered; the errors were: {string.Join(", ", report.Errors.Select(each => $"{each.Key} ({each.Value})"))}.");
        return ExitCode.Ok;
    }

    private static async Task<OutcomesReport> MeasureAsync(OutcomesBench bench, TextWriter error, CancellationToken ct)
    {
        var rows = await bench.CountAsync(ct);
        var malformed = new MalformedRowLog(error);
        var report = await ConsoleOn(error).Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
        {
            var task = progress.AddTask($"{rows} prompts", maxValue: rows);
            return await bench.RunAsync(malformed.Add, () => task.Increment(1), ct);
        });
        malformed.Finish();
        return report;
    }

    private static OutcomesBenchOptions OptionsOf(ParseResult result)
    {
        var limit = result.GetValue(Limit) ?? int.MaxValue;
        var concurrency = result.GetValue(Concurrency);
        if (limit < 1)
            throw Wrong("--limit is a whole number from 1.");
        if (concurrency is < 1 or > 256)
            throw Wrong("--concurrency is a number from 1 to 256.");
        var key = NodeOptions.RequireKey(result.GetValue(Key), "--key", NodeOptions.KeyVariable, "The node prints its first key when it starts for the first time.");
        return new OutcomesBenchOptions(result.GetRequiredValue(Data), result.GetRequiredValue(Url), key)
        {
            Limit = limit,
            Concurrency = concurrency,
            Model = result.GetValue(Model) is { Length: > 0 and <= 256 } model ? model : throw Wrong("--model is a name of 1 to 256 characters."),
        };
    }

    private static CommandException Wrong(string message) => new(message, ExitCode.Usage);

    private static IAnsiConsole ConsoleOn(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
