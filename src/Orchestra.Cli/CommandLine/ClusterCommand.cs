using System.CommandLine;

namespace Orchestra.Cli.CommandLine;

/// <summary><c>orchestra cluster</c>, which the script beside the sources hands to the silo's own program; here for its help.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var experts = new Option<int>("--experts") { Description = "How many silos hold experts. Default: 2.", HelpName = "N" };
        var command = new Command("cluster", "Run a cluster on this machine: PostgreSQL, a gateway and conductor silo, and silos that hold experts.") { experts };
        command.SetAction(Refuse);
        return command.WithExamples("./orchestra cluster", "./orchestra cluster --experts 3 --config orchestra.json", "./orchestra cluster --help");
    }

    private static int Refuse(ParseResult parse) =>
        throw new CommandException("The cluster is started by the script ./orchestra in a checkout of the sources; elsewhere run orchestra-silo.", ExitCode.Usage);
}
