using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.CommandLine;

public sealed class OrchestraCommandTests
{
    [Theory]
    [InlineData]
    [InlineData("help")]
    [InlineData("--help")]
    public async Task Help_names_every_visible_verb_an_example_and_the_exit_codes(params string[] arguments)
    {
        var run = await CommandRun.RunAsync(arguments);

        run.ExitCode.ShouldBe(ExitCode.Ok);
        run.Error.ShouldBeEmpty();
        foreach (var verb in OrchestraCommand.Create().Subcommands.Where(verb => !verb.Hidden))
            run.Output.ShouldContain($"  {verb.Name} ");
        run.Output.ShouldContain("Examples:");
        run.Output.ShouldContain("Exit codes: 0 done, 1 failed");
    }

    [Fact]
    public async Task Help_for_a_verb_is_the_verbs_own_help()
    {
        var asked = await CommandRun.RunAsync("help", "bench", "gateway");
        var option = await CommandRun.RunAsync("bench", "gateway", "--help");

        asked.Output.ShouldBe(option.Output);
        asked.Output.ShouldContain("--connections");
        asked.Output.ShouldContain("./orchestra bench gateway --json");
    }

    [Theory]
    [InlineData("See: ./orchestra help\n", "nonsense")]
    [InlineData("See: ./orchestra help ask\n", "ask", "hello", "--url", "not an address")]
    [InlineData("See: ./orchestra help ask\n", "ask", "hello", "--url", "ftp://127.0.0.1")]
    [InlineData("See: ./orchestra help trajectory\n", "trajectory")]
    [InlineData("See: ./orchestra help bench\n", "bench")]
    [InlineData("See: ./orchestra help bench gateway\n", "bench", "gateway", "--seconds", "0")]
    [InlineData("See: ./orchestra help bench gateway\n", "bench", "gateway", "--connections", "1000")]
    [InlineData("See: ./orchestra help bench gateway\n", "bench", "gateway", "--rounds", "many")]
    public async Task A_wrong_command_line_ends_with_2_and_names_the_help_to_read(string advice, params string[] arguments)
    {
        var run = await CommandRun.RunAsync(arguments);

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldEndWith(advice.ReplaceLineEndings());
    }

    [Theory]
    [InlineData("There is no command 'aks'.", "aks", "hello")]
    [InlineData("There is no option '--verbos'.", "--verbos")]
    [InlineData("There is no command 'gatewai'.", "bench", "gatewai", "--json")]
    [InlineData("There is no option '--jsn'.", "ask", "--jsn")]
    public async Task A_misspelt_word_is_named_in_one_line(string message, params string[] arguments)
    {
        var run = await CommandRun.RunAsync(arguments);

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Error.Split('\n').First(line => line.Length > 0).ShouldBe($"orchestra: {message}");
    }

    [Fact]
    public async Task Help_for_an_unknown_verb_is_a_usage_error()
    {
        var run = await CommandRun.RunAsync("help", "bench", "nonsense");

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Error.ShouldContain("There is no command 'bench nonsense'");
    }

    [Fact]
    public async Task A_node_that_is_asked_to_stop_gets_the_longest_time_that_its_settings_allow()
    {
        var configuration = new System.CommandLine.InvocationConfiguration { Output = TextWriter.Null };

        await OrchestraCommand.RunAsync(["help"], configuration);

        configuration.ProcessTerminationTimeout.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Every_visible_verb_and_its_options_are_described()
    {
        var verbs = new Queue<System.CommandLine.Command>(OrchestraCommand.Create().Subcommands);
        while (verbs.TryDequeue(out var verb))
        {
            verb.Description.ShouldNotBeNullOrWhiteSpace(verb.Name);
            foreach (var option in verb.Options)
                option.Description.ShouldNotBeNullOrWhiteSpace($"{verb.Name} {option.Name}");
            foreach (var argument in verb.Arguments)
                argument.Description.ShouldNotBeNullOrWhiteSpace($"{verb.Name} {argument.Name}");
            foreach (var subcommand in verb.Subcommands)
                verbs.Enqueue(subcommand);
        }
    }
}
