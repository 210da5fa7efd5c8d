using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Orchestra.Cli.Ask;
using Orchestra.Cli.Bench;
using Orchestra.Cli.Budgets;
using Orchestra.Cli.Eval;
using Orchestra.Cli.Export;
using Orchestra.Cli.Ledgers;
using Orchestra.Cli.Policies;
using Orchestra.Cli.Replay;
using Orchestra.Cli.Serve;
using Orchestra.Cli.Spend;
using Orchestra.Cli.Tenants;
using Orchestra.Cli.Train;
using Orchestra.Cli.Trajectories;
using Orchestra.Core.Errors;
using Orchestra.Hosting;

namespace Orchestra.Cli.CommandLine;

/// <summary>The whole command line: every verb is one line here.</summary>
public static class OrchestraCommand
{
    /// <summary>Longer than any graceful stop: a node ends when its queries have, not when the command line loses patience.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromMinutes(11);

    /// <summary>The root with all its verbs.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Orchestra: one OpenAI-compatible endpoint in front of many models, with budgets that hold.") { HelpName = "./orchestra" };
        root.Add(ServeCommand.Create());
        root.Add(AskCommand.Create());
        root.Add(TrajectoryCommand.Create());
        root.Add(ExportCommand.Create());
        root.Add(LedgerCommand.Create());
        root.Add(SpendCommand.Create());
        root.Add(TenantCommand.Create());
        root.Add(TeamCommand.Create());
        root.Add(UserCommand.Create());
        root.Add(KeyCommand.Create());
        root.Add(BudgetCommand.Create());
        root.Add(PolicyCommand.Create());
        root.Add(ReplayCommand.Create());
        root.Add(TrainCommand.Create());
        root.Add(EvalCommand.Create());
        root.Add(BenchCommand.Create());
        root.Add(TestCommand.Create());
        root.Add(ClusterCommand.Create());
        root.Add(HelpCommand.Create(root));
        root.WithExamples("./orchestra ask \"What is 12.5% of 3/7?\"", "./orchestra help ask");
        root.SetAction(parse => HelpCommand.Show(root, [], parse.InvocationConfiguration));

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Runs one command line and returns its exit code, one of <see cref="ExitCode"/>.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="configuration">Where to write; the console where null.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, InvocationConfiguration? configuration = null, CancellationToken ct = default)
    {
        configuration ??= new InvocationConfiguration();
        configuration.EnableDefaultExceptionHandler = false;
        configuration.ProcessTerminationTimeout = TerminationTimeout;
        // A question may start with '@'; nobody expects that to read a file.
        var parse = Create().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        // One line on what is wrong is worth more than two pages of help after it.
        if (parse.Action is ParseErrorAction)
            return await RefuseAsync(parse, configuration.Error);
        try
        {
            return await parse.InvokeAsync(configuration, ct);
        }
        catch (CommandException error)
        {
            await configuration.Error.WriteLineAsync($"orchestra: {error.Message}");
            return error.ExitCode;
        }
        catch (HostException error)
        {
            await configuration.Error.WriteLineAsync($"orchestra: {error.Message}");
            return error.IsUsage ? ExitCode.Usage : ExitCode.Failure;
        }
        catch (OrchestraException error)
        {
            await configuration.Error.WriteLineAsync($"orchestra: {error.Message} ({error.Code})");
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static async Task<int> RefuseAsync(ParseResult parse, TextWriter error)
    {
        var command = parse.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parse.UnmatchedTokens is [var word, ..])
            await error.WriteLineAsync($"orchestra: There is no {(word.StartsWith('-') ? "option" : "command")} '{word}'.");
        else
        {
            foreach (var fault in parse.Errors)
                await error.WriteLineAsync($"orchestra: {fault.Message}");
        }

        var verbs = string.Join(' ', HelpCommand.PathOf(command));
        await error.WriteLineAsync($"See: ./orchestra help {verbs}".TrimEnd());
        return ExitCode.Usage;
    }
}
