using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tables;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Replay;

/// <summary><c>orchestra replay</c>: an OpenAI-compatible server over outcome tables.</summary>
public static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = TableOptions.Data();
        var port = BoundedOption.Create("--port", "The port to listen on; 0 takes a free one.", IPEndPoint.MinPort, IPEndPoint.MaxPort);
        port.Required = true;
        port.HelpName = "port";
        var host = new Option<IPAddress>("--host")
        {
            Description = "The address to listen on; the server asks nobody for a key.",
            HelpName = "address",
            DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = ParseHost,
        };
        var latency = new Option<bool>("--latency")
        {
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"Take as long as recorded; where nothing is recorded, {ReplayTable.EstimatedFirstTokenSeconds} s and 1 s for every {ReplayTable.EstimatedTokensPerSecond} output tokens."),
        };
        var models = new Option<string[]>("--model") { Description = "Replay only these models.", HelpName = "name", AllowMultipleArgumentsPerToken = true };
        var command = new Command("replay", "Answer recorded prompts with recorded responses, as an OpenAI-compatible server.") { data, port, host, latency, models };
        command.SetAction(async (parse, ct) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var options = new ReplayOptions { Host = parse.GetRequiredValue(host), Port = parse.GetValue(port), Latency = parse.GetValue(latency) };
            try
            {
                var table = await LoadAsync(parse.GetRequiredValue(data), parse.GetValue(models) ?? [], parse.InvocationConfiguration.Error, ct);
                await using var server = await ReplayServer.StartAsync(table, options, TimeProvider.System, ct);
                await output.WriteLineAsync($"Replaying {table.Prompts} prompts of {table.Models.Count} models on {server.Url.ToString().TrimEnd('/')}");
                await output.FlushAsync(ct);
                await server.RunAsync(ct);
                return ExitCode.Ok;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // Ctrl-C is how a server is meant to end.
                return ExitCode.Ok;
            }
        });
        return command.WithExamples("./orchestra replay --data routellm_gsm8k.jsonl.gz --port 9101", "./orchestra replay --data *.jsonl --port 9101 --model mixtral-8x7b --latency");
    }

    private static async Task<ReplayTable> LoadAsync(string[] files, string[] models, TextWriter error, CancellationToken ct)
    {
        var table = new ReplayTable();
        var malformed = new MalformedRowLog(error);
        foreach (var file in files)
        {
            await foreach (var row in OutcomeReader.ReadAsync(file, malformed.Add, ct))
                table.Add(row, models);
        }

        malformed.Finish();
        if (Array.Find(models, model => !table.Models.Contains(model)) is { } absent)
            throw new OrchestraException(ErrorCode.ModelNotFound, 404, $"The tables know no model '{absent}': leave --model out to replay all of them.");
        if (table.Prompts == 0)
            throw new OrchestraException(ErrorCode.NotFound, 404, "The tables have no rows: give outcome tables with --data.");
        if (table.AnsweredPrompts < table.Prompts)
            await error.WriteLineAsync($"{table.Prompts - table.AnsweredPrompts} of the prompts have no recorded response; they are answered with 404.");
        return table;
    }

    private static IPAddress? ParseHost(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
        if (text == "localhost")
            return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address))
            return address;
        result.AddError($"--host is '{text}'; it takes an IP address such as 127.0.0.1, or localhost.");
        return null;
    }
}
