using System.CommandLine;
using Orchestra.Cli.Bench.Gateway;
using Orchestra.Cli.Bench.Outcomes;
using Orchestra.Cli.Bench.Gateway.Load;
using Orchestra.Cli.Bench.Gateway.Upstream;

namespace Orchestra.Cli.Bench;

/// <summary><c>orchestra bench</c>: everything that measures.</summary>
public static class BenchCommand
{
    /// <summary>The command with its benchmarks, one line each.</summary>
    public static Command Create() => new("bench", "Measure Orchestra on this machine.")
    {
        BenchGatewayCommand.Create(),
        BenchOutcomesCommand.Create(),
        BenchUpstreamCommand.Create(),
        BenchLoadCommand.Create(),
    };
}
