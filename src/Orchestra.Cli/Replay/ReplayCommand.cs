using System.CommandLine;
using System.Net;
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
        var data = new Option<string[]>("--data") { Description = "Outcome tables, .jsonl or .jsonl.gz", Required = true, AllowMultipleArgumentsPerToken = true };
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 takes a free one", Required = true };
        var host = new Option<string>("--host") { Description = "Address to listen on; the server asks nobody for a key", DefaultValueFactory = _ => "127.0.0.1" };
        var latency = new Option<bool>("--latency")
        {
            Description = $"Take as long as recorded; where nothing is recorded, {ReplayTable.EstimatedFirstTokenSeconds} s and 1 s for every {ReplayTable.EstimatedTokensPerSecond} output tokens",
        };
        var models = new Option<string[]>("--model") { Description = "Replay only these models", AllowMultipleArgumentsPerToken = true };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number is (< IPEndPoint.MinPort or > IPEndPoint.MaxPort))
                result.AddError("--port is a number from 0 to 65535.");
        });
        var command = new Command("replay", "Answer recorded prompts with recorded responses, as an OpenAI-compatible server") { data, port, host, latency, models };
        command.SetAction(async (result, ct) =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            try
            {
                var options = new ReplayOptions { Host = AddressOf(result.GetRequiredValue(host)), Port = result.GetValue(port), Latency = result.GetValue(latency) };
                var table = await LoadAsync(result.GetRequiredValue(data), result.GetValue(models) ?? [], error, ct);
                await using var server = await ReplayServer.StartAsync(table, options, TimeProvider.System, ct);
                await output.WriteLineAsync($"Replaying {table.Prompts} prompts of {table.Models.Count} models on {server.Url.ToString().TrimEnd('/')}");
                await output.FlushAsync(ct);
                await server.RunAsync(ct);
                return 0;
            }
            catch (OrchestraException exception)
            {
                await error.WriteLineAsync(exception.Message);
                return 1;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return 0;
            }
        });
        return command;
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

    private static IPAddress AddressOf(string host) => host == "localhost"
        ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address : throw new OrchestraException(ErrorCode.InvalidConfiguration, 400, "--host is an IP address such as 127.0.0.1, or localhost.");
}
