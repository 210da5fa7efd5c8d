namespace Orchestra.Cli.Tests.Scripts;

public sealed class FrontDoorTests : IDisposable
{
    private static readonly string FrontDoor = Repository.File("orchestra");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("orchestra")]
    [InlineData(".ci/run")]
    public async Task A_script_is_valid_bash(string script)
    {
        var result = await Script.RunAsync("bash", ["-n", Repository.File(script)]);

        result.Error.ShouldBeEmpty();
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task The_front_door_works_through_a_chain_of_symbolic_links_from_another_directory()
    {
        File.CreateSymbolicLink(_folder.File("first"), FrontDoor);
        File.CreateSymbolicLink(_folder.File("second"), "first");

        var result = await Script.RunAsync(_folder.File("second"), ["help"]);

        result.Error.ShouldBeEmpty();
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Without_dotnet_the_front_door_says_what_to_install()
    {
        LinkTools(_folder.Path);

        var result = await RunWithPathAsync(_folder.Path);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("there is no 'dotnet' on PATH");
        result.Error.ShouldContain("https://dot.net/download");
    }

    [Theory]
    [InlineData("8.0.404 [/somewhere/sdk]", "8.0.404")]
    [InlineData("", "none")]
    public async Task An_sdk_older_than_10_is_named_before_anything_is_built(string sdks, string named)
    {
        LinkTools(_folder.Path);
        var dotnet = _folder.File("dotnet");
        await File.WriteAllTextAsync(dotnet, $"#!/bin/sh\n[ \"$1\" = --list-sdks ] && echo '{sdks}' && exit 0\necho called >&2; exit 9\n");
        await Script.RunAsync("chmod", ["+x", dotnet]);

        // `test` always builds, so it is the shortest way to the check.
        var result = await RunWithPathAsync(_folder.Path, "test");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("needs the .NET SDK 10 or newer");
        result.Error.ShouldContain(named);
        result.Error.ShouldNotContain("called");
    }

    [Fact]
    public async Task An_option_after_test_is_refused_with_the_usage()
    {
        var result = await Script.RunAsync(FrontDoor, ["test", "--fast"]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("usage: ./orchestra test");
    }

    private static Task<ScriptResult> RunWithPathAsync(string path, params string[] arguments) =>
        Script.RunAsync(FrontDoor, arguments, ("PATH", path), ("HOME", path), ("DOTNET_ROOT", null));

    private static void LinkTools(string folder)
    {
        foreach (var tool in new[] { "bash", "dirname", "readlink", "sed", "grep", "env", "cat", "sh" })
        {
            var source = new[] { "/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin" }.Select(bin => Path.Combine(bin, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(folder, tool), source);
        }
    }
}
