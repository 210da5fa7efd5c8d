using System.CommandLine;
using Orchestra.Core.Errors;
using Orchestra.Hosting;
using Orchestra.Hosting.Configuration;
using Orchestra.Silo.Local;

namespace Orchestra.Silo.CommandLine;

/// <summary>The command <c>orchestra-silo</c>: runs one silo until it is asked to stop.</summary>
internal static class SiloCommand
{
    private const int Failure = 1;
    private const int Usage = 2;

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 0, 1 for a failure, 2 for a wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        using var stop = new StopSignals(ignoresInterrupt: args.Contains("--stop-with-input"));
        try
        {
            return await Create().Parse(args).InvokeAsync(invocation, stop.Token);
        }
        catch (HostException error)
        {
            await Console.Error.WriteLineAsync($"orchestra-silo: {error.Message}");
            return error.IsUsage ? Usage : Failure;
        }
        catch (OrchestraException error)
        {
            await Console.Error.WriteLineAsync($"orchestra-silo: {error.Message} ({error.Code})");
            return Failure;
        }
    }

    private static RootCommand Create()
    {
        var config = new Option<string?>("--config") { Description = "The configuration file, the same as a node's. Default: orchestra.json in this folder, where there is one.", HelpName = "FILE" };
        var urls = new Option<string?>("--urls") { Description = "The addresses of the HTTP server, separated by semicolons. Default: http://127.0.0.1:8080.", HelpName = "URLS" };
        var roles = new Option<string?>("--roles") { Description = "What the silo does: gateway, conductor, expert, separated by commas. Default: all three.", HelpName = "ROLES" };
        var set = new Option<string[]>("--set") { Description = "A single setting, such as Orchestra:Cluster:SiloPort=11112. May be repeated.", HelpName = "NAME=VALUE" };
        var stop = new Option<bool>("--stop-with-input") { Description = "Stop when the standard input ends, and not by Ctrl-C: for the program that starts several silos.", Hidden = true };
        var command = new RootCommand("Run one silo of an Orchestra cluster. The silos of a cluster share one PostgreSQL (ORCHESTRA_POSTGRES) and one configuration.") { config, urls, roles, set, stop };
        command.SetAction(async (parse, ct) =>
        {
            var given = parse.GetValue(roles)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
            var overrides = given.Select((role, index) => $"Orchestra:Cluster:Roles:{index}={role}").Concat(parse.GetValue(set) ?? []);
            var settings = new HostSettings(parse.GetValue(config), parse.GetValue(urls), null, [.. overrides]);
            using var input = parse.GetValue(stop) ? new InputEnd(ct) : null;
            await using var silo = await SiloHost.StartAsync(settings, parse.InvocationConfiguration.Output, input?.Token ?? ct);
            await silo.WaitForStopAsync(parse.InvocationConfiguration.Output, input?.Token ?? ct);
            return 0;
        });
        command.Subcommands.Add(HealthCommand.Create());
        command.Subcommands.Add(ClusterCommand.Create());
        return command;
    }
}
