using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tables;
using Spectre.Console;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary><c>orchestra bench outcomes</c>: what a running node reaches on recorded prompts, beside the baselines.</summary>
public static class BenchOutcomesCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = TableOptions.Data();
        var url = NodeOptions.Url();
        var key = NodeOptions.Key();
        var model = new Option<string>("--model") { Description = "The model to ask for.", HelpName = "name", DefaultValueFactory = _ => "orchestra" };
        var limit = BoundedOption.Create("--limit", "Rows to send at most. Default: all.", 1, int.MaxValue);
        limit.DefaultValueFactory = _ => int.MaxValue;
        limit.HelpName = "rows";
        var concurrency = BoundedOption.Create("--concurrency", "Requests under way at once, 1 to 256.", 1, 256);
        concurrency.DefaultValueFactory = _ => 8;
        var json = NodeOptions.Json();
        var command = new Command("outcomes", "Send recorded prompts through a running node, grade the answers, print accuracy and cost beside the baselines.")
        {
            data, url, key, model, limit, concurrency, json,
        };
        command.SetAction((parse, ct) =>
        {
            var name = parse.GetRequiredValue(model) is { Length: > 0 and <= 256 } text ? text : throw new CommandException("--model is a name of 1 to 256 characters.", ExitCode.Usage);
            var apiKey = NodeOptions.RequireKey(parse.GetValue(key), "--key", NodeOptions.KeyVariable, "It is the key of the tenant that pays.");
            var options = new OutcomesBenchOptions(parse.GetRequiredValue(data), parse.GetRequiredValue(url), apiKey)
            {
                Limit = parse.GetValue(limit),
                Concurrency = parse.GetValue(concurrency),
                Model = name,
            };
            return RunAsync(options, parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, ct);
        });
        return command.WithExamples("./orchestra bench outcomes --data routellm_gsm8k.jsonl.gz", "./orchestra bench outcomes --data routellm_gsm8k.jsonl.gz --limit 100 --json | jq .accuracy");
    }

    private static async Task<int> RunAsync(OutcomesBenchOptions options, bool json, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var report = await MeasureAsync(new OutcomesBench(options, TimeProvider.System), error, ct);
        if (json)
            await output.WriteLineAsync(OutcomesJson.Write(report, options));
        else
            OutcomesTable.Write(Terminal.On(output), report, options.Model);
        return report.Answered > 0
            ? ExitCode.Ok
            : throw new CommandException($"No prompt was answered; the errors were: {string.Join(", ", report.Errors.Select(each => $"{each.Key} ({each.Value})"))}.");
    }

    private static async Task<OutcomesReport> MeasureAsync(OutcomesBench bench, TextWriter error, CancellationToken ct)
    {
        var rows = await bench.CountAsync(ct);
        var malformed = new MalformedRowLog(error);
        var report = await Terminal.On(error).Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
        {
            var task = progress.AddTask($"{rows} prompts", maxValue: rows);
            return await bench.RunAsync(malformed.Add, () => task.Increment(1), ct);
        });
        malformed.Finish();
        return report;
    }
}
