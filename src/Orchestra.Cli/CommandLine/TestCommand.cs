using System.CommandLine;

namespace Orchestra.Cli.CommandLine;

/// <summary><c>orchestra test</c>, which the script beside the sources runs itself; here for its help.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var filters = new Argument<string[]>("filter") { Description = "Parts of test names; a test runs if one of them fits.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("test", "Build everything and run the tests; ends with 'N passed, N failed, N skipped'.") { filters };
        command.SetAction(Refuse);
        return command.WithExamples("./orchestra test", "./orchestra test Budgets Money");
    }

    private static int Refuse(ParseResult parse) =>
        throw new CommandException("The tests are run by the script ./orchestra in a checkout of the sources.", ExitCode.Usage);
}
