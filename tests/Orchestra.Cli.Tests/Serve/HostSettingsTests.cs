using Orchestra.Cli.Tests.Tables;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Hosting;
using Orchestra.Hosting.Configuration;

namespace Orchestra.Cli.Tests.Serve;

public sealed class HostSettingsTests
{
    private static OrchestraOptions Load(string json, params string[] overrides)
    {
        using var file = TableFile.WithText(json);
        return new HostSettings(file.Path, null, null, overrides).Load();
    }

    private static string Error(string json, params string[] overrides) => Should.Throw<OrchestraException>(() => Load(json, overrides)).Message;

    [Fact]
    public void Comments_and_trailing_commas_are_allowed() => Load(
        """
        // ours
        {"Orchestra": {
          "Conductor": {"Threshold": 5,}, /* lower than usual */
        }}
        """).Conductor.Threshold.ShouldBe(5);

    [Fact]
    public void The_command_line_wins_over_the_file() =>
        Load("""{"Orchestra": {"Conductor": {"Threshold": 5}}}""", "Orchestra:Conductor:Threshold=3").Conductor.Threshold.ShouldBe(3);

    [Theory]
    [InlineData("is not valid JSON at line 2, byte 3: ", "{\"Orchestra\": {\n  x}}")]
    [InlineData("is not valid JSON at line 1, byte 1: ", "")]
    [InlineData("has 'Experts' at its top level; all settings belong into {\"Orchestra\": { … }}", """{"Experts": {}}""")]
    [InlineData("'Orchestra:conductor:THRESHOLD'", """{"Orchestra": {"Conductor": {"Threshold": 5}, "conductor": {"THRESHOLD": 6}}}""")]
    [InlineData("these settings are unknown: 'Treshold'. docs/configuration.md", """{"Orchestra": {"Conductor": {"Treshold": 5}}}""")]
    [InlineData("Orchestra:Conductor:Threshold is 'high'; it must be a whole number.", """{"Orchestra": {"Conductor": {"Threshold": "high"}}}""")]
    [InlineData("Orchestra:Conductor:Deadline is 'soon'; it must be a duration such as 00:01:00.", """{"Orchestra": {"Conductor": {"Deadline": "soon"}}}""")]
    public void What_is_wrong_with_a_file_is_said_in_a_readers_words(string message, string json) => Error(json).ShouldContain(message);

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_named()
    {
        Should.Throw<OrchestraException>(() => new HostSettings("/nowhere/orchestra.json", null, null, []).Load()).Message.ShouldContain("'/nowhere/orchestra.json' does not exist");
        Should.Throw<OrchestraException>(() => new HostSettings(Path.GetTempPath(), null, null, []).Load()).Message.ShouldContain("cannot be read");
    }

    [Fact]
    public void A_database_is_named_by_the_environment_over_the_file_and_under_the_command_line()
    {
        const string file = """{"Orchestra": {"Storage": {"Kind": "postgres", "ConnectionString": "Host=of-the-file"}}}""";
        Environment.SetEnvironmentVariable(HostSettings.PostgresVariable, "Host=of-the-environment");
        try
        {
            Load(file).Storage.ConnectionString.ShouldBe("Host=of-the-environment");
            Load(file, "Orchestra:Storage:ConnectionString=Host=given").Storage.ConnectionString.ShouldBe("Host=given");
        }
        finally
        {
            Environment.SetEnvironmentVariable(HostSettings.PostgresVariable, null);
        }

        Load(file).Storage.ConnectionString.ShouldBe("Host=of-the-file");
        Error("""{"Orchestra": {"Storage": {"Kind": "postgres"}}}""").ShouldContain(HostSettings.PostgresVariable);
        Error("""{"Orchestra": {"Storage": {"Kind": "oracle"}}}""").ShouldContain("sqlite, postgres");
    }

    [Theory]
    [InlineData("Orchestra:Conductor:Threshold")]
    [InlineData("=5")]
    [InlineData("Conductor:Threshold=5")]
    public void An_override_that_would_set_nothing_is_refused(string setting) =>
        Should.Throw<HostException>(() => Load("""{"Orchestra": {}}""", setting)).Message.ShouldContain($"'{setting}' is not that");
}
