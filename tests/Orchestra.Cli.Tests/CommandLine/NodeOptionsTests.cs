using System.CommandLine;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.CommandLine;

public sealed class NodeOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/")]
    [InlineData("https://host/orchestra/v1/", "https://host/orchestra/")]
    [InlineData("https://host/orchestra", "https://host/orchestra/")]
    public void An_address_may_end_with_v1_as_OpenAI_clients_write_it(string given, string expected)
    {
        var option = NodeOptions.Url();

        new RootCommand { option }.Parse(["--url", given]).GetRequiredValue(option).ShouldBe(new Uri(expected));
    }

    [Fact]
    public void A_missing_key_names_the_option_and_the_variable()
    {
        var error = Should.Throw<CommandException>(() => NodeOptions.RequireKey(" ", "--key", "ORCHESTRA_TESTS_NEVER_SET_THIS", "Advice."));

        error.ExitCode.ShouldBe(ExitCode.Usage);
        error.Message.ShouldBe("No key was given. Set ORCHESTRA_TESTS_NEVER_SET_THIS or pass --key. Advice.");
    }
}
