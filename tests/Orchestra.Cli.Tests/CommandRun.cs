using System.CommandLine;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests;

/// <summary>One command line run in this process, with what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        var exitCode = await OrchestraCommand.RunAsync(arguments, configuration);
        return new CommandRun(exitCode, configuration.Output.ToString()!, configuration.Error.ToString()!);
    }

    public static async Task<CommandRun> RunAsync(Command command, params string[] arguments)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter(), EnableDefaultExceptionHandler = false };
        var exitCode = await command.Parse(arguments).InvokeAsync(configuration);
        return new CommandRun(exitCode, configuration.Output.ToString()!, configuration.Error.ToString()!);
    }
}
