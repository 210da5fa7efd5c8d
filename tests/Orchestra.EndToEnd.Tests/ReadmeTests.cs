using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Orchestra.EndToEnd.Tests;

/// <summary>Runs every command and program of the README against a real node; only the port and the key differ from what a reader types.</summary>
public sealed partial class ReadmeTests : IAsyncLifetime, IDisposable
{
    private static readonly string Readme = File.ReadAllText(Repository.File("README.md"));
    private readonly TemporaryFolder _folder = new();
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync(_folder.Path);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_bash_command_works()
    {
        // These two are what starts this test, and the node that it talks to.
        string[] running = ["./orchestra test", "./orchestra serve"];
        var lines = Blocks("bash").SelectMany(block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        lines.ShouldBeSubsetOf([.. running, .. lines.Where(line => line.StartsWith("export ") || line.StartsWith("curl ") || line.StartsWith("./orchestra ask "))]);
        running.ShouldBeSubsetOf(lines);
        foreach (var line in lines.Where(line => line.StartsWith("curl ") || line.StartsWith("./orchestra ask ")))
        {
            var asked = line.StartsWith("./orchestra ask ") ? $"{line} --url http://127.0.0.1:8080" : line;
            (await RunAsync("bash", ["-c", Adapt(asked)], Repository.Root)).ShouldContain("3/56", customMessage: line);
        }
    }

    [Fact]
    public async Task The_csharp_program_works()
    {
        var program = _folder.Write("csharp/ask.cs", Adapt(Blocks("csharp").ShouldHaveSingleItem()));
        (await RunAsync("dotnet", ["run", program], Path.GetDirectoryName(program)!)).ShouldContain("3/56");
    }

    [SkippableFact]
    public async Task The_javascript_program_works()
    {
        var modules = Repository.File("tests/.tools/node/node_modules");
        Skip.IfNot(Directory.Exists(Path.Combine(modules, "openai")), "The npm package openai is not installed; ./orchestra test installs it where npm is.");
        var program = _folder.Write("javascript/ask.mjs", Adapt(Blocks("javascript").ShouldHaveSingleItem()));
        Directory.CreateSymbolicLink(_folder.Path + "/javascript/node_modules", modules);
        (await RunAsync("node", [program], _folder.Path)).ShouldContain("3/56");
    }

    [SkippableFact]
    public async Task The_python_program_works()
    {
        Skip.IfNot(await HasPythonPackageAsync(), "Python's package openai is not installed; pip install openai.");
        var program = _folder.Write("ask.py", Adapt(Blocks("python").ShouldHaveSingleItem()));
        (await RunAsync("python3", [program], _folder.Path)).ShouldContain("3/56");
    }

    [Fact]
    public async Task The_configuration_starts_a_node()
    {
        using var data = new TemporaryFolder();
        var config = data.Write("orchestra.json", Blocks("json").ShouldHaveSingleItem());
        await using var node = await NodeProcess.StartAsync(data.Path, config, Repository.Root);
        using var client = node.Client(node.PrintedKey());
        (await client.GetStringAsync("/v1/models")).ShouldContain("\"small\"");
    }

    [Fact]
    public void Every_link_into_the_repository_leads_somewhere()
    {
        var links = Link().Matches(Readme).Select(match => match.Groups[1].Value).Where(link => !link.StartsWith("http")).ToList();
        links.ShouldNotBeEmpty();
        links.ShouldAllBe(link => Path.Exists(Repository.File(link)));
    }

    private static List<string> Blocks(string language) =>
        [.. Regex.Matches(Readme, $"```{language}\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    private string Adapt(string text) => text.Replace("http://127.0.0.1:8080", _node.Url, StringComparison.Ordinal);

    private static async Task<bool> HasPythonPackageAsync()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import openai"]) { RedirectStandardError = true, UseShellExecute = false })!;
            await python.WaitForExitAsync();
            return python.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private async Task<string> RunAsync(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["ORCHESTRA_API_KEY"] = _node.PrintedKey();
        start.Environment["ORCHESTRA_BUILD"] = "skip";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, customMessage: $"{output}\n{await errors}");
        return output;
    }

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
