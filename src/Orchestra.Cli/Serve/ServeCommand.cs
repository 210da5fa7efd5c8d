using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Hosting.Configuration;

namespace Orchestra.Cli.Serve;

/// <summary><c>orchestra serve</c>: runs the node until it is asked to stop.</summary>
internal static class ServeCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "The configuration file. Default: orchestra.json in this folder, where there is one.", HelpName = "FILE" };
        var urls = new Option<string?>("--urls") { Description = "The addresses to listen on, separated by semicolons. Default: http://127.0.0.1:8080.", HelpName = "URLS" };
        var data = new Option<string?>("--data") { Description = "The folder of the database files. Default: data.", HelpName = "DIR" };
        var set = new Option<string[]>("--set") { Description = "A single setting, such as Orchestra:Conductor:Threshold=5. May be repeated.", HelpName = "NAME=VALUE" };
        var command = new Command("serve", "Run the node: one process that serves the OpenAI-compatible endpoint.") { config, urls, data, set };
        command.WithExamples("./orchestra serve", "./orchestra serve --config orchestra.json --urls http://0.0.0.0:8080 --data /var/lib/orchestra");
        command.SetAction(async (parse, ct) =>
        {
            var settings = new HostSettings(parse.GetValue(config), parse.GetValue(urls), parse.GetValue(data), parse.GetValue(set) ?? []);
            await using var node = await Node.StartAsync(settings, parse.InvocationConfiguration.Output, ct);
            await node.WaitForStopAsync(parse.InvocationConfiguration.Output, ct);
            return ExitCode.Ok;
        });
        return command;
    }
}
