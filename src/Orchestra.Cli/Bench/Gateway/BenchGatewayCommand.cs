using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Orchestra.Cli.Bench.Gateway.Reports;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Bench.Gateway;

/// <summary><c>orchestra bench gateway</c>: what the node adds to a call.</summary>
public static class BenchGatewayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var seconds = Bounded("--seconds", "Length of each measurement; there are six per round.", 2, 0.1, 600);
        var rounds = Bounded("--rounds", "How often everything is measured; figures are medians over rounds.", 5, 1, 100);
        var warmUp = Bounded("--warm-up", "Seconds of load before the first measurement, so that compilation has settled.", 4, 0.1, 600);
        var connections = Bounded("--connections", "Connections of the throughput measurement.", 32, 1, 256);
        var url = new Option<Uri?>("--url")
        {
            Description = "Measure this running node instead of a fresh one. Its experts are called for real; give it the mock (--upstream-port) as expert.",
            HelpName = "address",
            CustomParser = NodeOptions.ParseAddress,
        };
        var key = NodeOptions.Key();
        var model = new Option<string>("--model") { Description = "The model to ask for; 'orchestra' includes the conductor.", DefaultValueFactory = _ => "orchestra" };
        var upstreamPort = Bounded("--upstream-port", "The mock's port on 127.0.0.1; 0 takes a free one.", 0, 0, 65535);
        var json = NodeOptions.Json();
        var command = new Command("gateway", "Measure what the node adds to a call: a mock upstream, the node and a load generator, each its own process here.")
        {
            seconds, rounds, warmUp, connections, url, key, model, upstreamPort, json,
        };
        command.SetAction(async (parse, ct) =>
        {
            var node = parse.GetValue(url);
            var options = new GatewayBenchOptions(
                parse.GetValue(seconds), parse.GetValue(rounds), parse.GetValue(warmUp), parse.GetValue(connections), node,
                node is null ? "" : NodeOptions.RequireKey(parse.GetValue(key), "--key", NodeOptions.KeyVariable, "It is the key for the node at --url."),
                parse.GetRequiredValue(model), parse.GetValue(upstreamPort));
            var error = parse.InvocationConfiguration.Error;
            var report = await new GatewayBench(options, TimeProvider.System, step => error.WriteLine($"bench gateway: {step}")).RunAsync(ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
                await output.WriteLineAsync(GatewayReportJson.Serialize(report));
            else
                GatewayReportTable.Write(report, Terminal.On(output));
            return report.IsSound ? ExitCode.Ok : ExitCode.Failure;
        });
        return command.WithExamples("./orchestra bench gateway", "./orchestra bench gateway --json --seconds 5 --rounds 9");
    }

    private static Option<T> Bounded<T>(string name, string description, T usual, T least, T most)
        where T : INumber<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                if (T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
                    return value;
                result.AddError($"{name} takes {least} to {most}.");
                return usual;
            },
        };
}
