using System.CommandLine;
using Orchestra.Cli.Tables;
using Orchestra.Core.Errors;
using Spectre.Console;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary><c>orchestra bench outcomes</c>: what a running node reaches on recorded prompts, beside the baselines.</summary>
public static class BenchOutcomesCommand
{
    private const string KeyVariable = "ORCHESTRA_API_KEY";

    private static readonly Option<string[]> Data = new("--data") { Description = "Outcome tables, .jsonl or .jsonl.gz", Required = true, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> Url = new("--url") { Description = "Where the node listens, such as http://127.0.0.1:8080", Required = true };
    private static readonly Option<string?> Key = new("--key") { Description = $"API key of a tenant; default: the environment's {KeyVariable}" };
    private static readonly Option<int?> Limit = new("--limit") { Description = "Rows to send at most; default all" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead of tables" };
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
        try
        {
            var options = OptionsOf(result);
            var report = await MeasureAsync(new OutcomesBench(options, TimeProvider.System), error, ct);
            if (result.GetValue(Json))
                await output.WriteLineAsync(OutcomesJson.Write(report, options));
            else
                OutcomesTable.Write(ConsoleOn(output), report, options.Model);
            if (report.Answered > 0)
                return 0;
            await error.WriteLineAsync($"No prompt was answered; the errors were: {string.Join(", ", report.Errors.Select(each => $"{each.Key} ({each.Value})"))}.");
            return 1;
        }
        catch (OrchestraException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await error.WriteLineAsync("Stopped before the end; nothing is reported.");
            return 1;
        }
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
        var key = result.GetValue(Key) ?? Environment.GetEnvironmentVariable(KeyVariable);
        // Checked here, because the HTTP library's own complaint would quote the key.
        if (key is not { Length: > 0 and <= 1024 } || !key.All(character => character is > ' ' and < '\x7f'))
            throw Wrong($"There is no usable API key: give one with --key or in {KeyVariable}.");
        var limit = result.GetValue(Limit) ?? int.MaxValue;
        var concurrency = result.GetValue(Concurrency);
        if (limit < 1)
            throw Wrong("--limit is a whole number from 1.");
        if (concurrency is < 1 or > 256)
            throw Wrong("--concurrency is a number from 1 to 256.");
        return new OutcomesBenchOptions(result.GetRequiredValue(Data), AddressOf(result.GetRequiredValue(Url)), key)
        {
            Limit = limit,
            Concurrency = concurrency,
            Model = result.GetValue(Model) is { Length: > 0 and <= 256 } model ? model : throw Wrong("--model is a name of 1 to 256 characters."),
        };
    }

    /// <summary>The node's root, whether or not the address ends in <c>/v1</c> as clients' base URLs do.</summary>
    private static Uri AddressOf(string text)
    {
        var root = text.TrimEnd('/');
        if (root.EndsWith("/v1", StringComparison.Ordinal))
            root = root[..^3];
        return Uri.TryCreate(root + "/", UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.UserInfo.Length == 0
            ? url
            : throw Wrong("--url is an address such as http://127.0.0.1:8080, without a user name.");
    }

    private static OrchestraException Wrong(string message) => new(ErrorCode.InvalidConfiguration, 400, message);

    private static IAnsiConsole ConsoleOn(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
