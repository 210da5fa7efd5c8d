using System.CommandLine;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Bench.Gateway.Upstream;

/// <summary><c>orchestra bench upstream</c>, hidden: the mock upstream as its own process; ends when its standard input does.</summary>
internal static class BenchUpstreamCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one." };
        var command = new Command("upstream", "Answer every chat completion with the same bytes; prints its port.") { port };
        command.Hidden = true;
        command.SetAction(async (parse, ct) =>
        {
            using var upstream = new MockUpstream(TimeProvider.System);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{upstream.Listen(parse.GetValue(port))}");
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var serving = upstream.RunAsync(ended.Token);
            await Console.In.ReadToEndAsync(ct);
            await ended.CancelAsync();
            await serving;
            return ExitCode.Ok;
        });
        return command;
    }
}
