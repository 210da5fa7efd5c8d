using System.CommandLine;
using System.Text.Json;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Bench.Gateway.Load;

/// <summary><c>orchestra bench load</c>, hidden: the load generator as its own process; a plan per line in, a result per line out.</summary>
internal static class BenchLoadCommand
{
    public static Command Create()
    {
        var command = new Command("load", "Run the plans that come on standard input.");
        command.Hidden = true;
        command.SetAction(async (parse, ct) =>
        {
            var generator = new LoadGenerator(TimeProvider.System);
            while (await Console.In.ReadLineAsync(ct) is { } line)
            {
                var plan = JsonSerializer.Deserialize(line, LoadJson.Default.LoadPlan) ?? throw new CommandException("A plan is a JSON object on one line.");
                var result = await generator.RunAsync(plan, ct);
                // Between measurements, so that no collection of one falls into the next.
                GC.Collect();
                await parse.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(result, LoadJson.Default.LoadResult));
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
