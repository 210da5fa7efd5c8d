using System.CommandLine;

namespace Orchestra.Cli.CommandLine;

/// <summary><c>orchestra help [command]</c>: the same as <c>--help</c>.</summary>
internal static class HelpCommand
{
    public static Command Create(RootCommand root)
    {
        var words = new Argument<string[]>("command") { Description = "The command to explain; all of them where none is named.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("help", "Explain Orchestra or one of its commands.") { words };
        command.SetAction(parse => Show(root, parse.GetValue(words) ?? [], parse.InvocationConfiguration));
        return command;
    }

    /// <summary>The words that lead from the root to this command.</summary>
    public static IEnumerable<string> PathOf(Command command) =>
        command is RootCommand ? [] : PathOf(command.Parents.OfType<Command>().First()).Append(command.Name);

    public static int Show(RootCommand root, string[] words, InvocationConfiguration configuration)
    {
        Command command = root;
        foreach (var word in words)
        {
            command = command.Subcommands.FirstOrDefault(one => one.Name == word)
                ?? throw new CommandException($"There is no command '{string.Join(' ', words)}'. ./orchestra help lists them.", ExitCode.Usage);
        }

        return root.Parse([.. words, "--help"]).Invoke(configuration);
    }
}
