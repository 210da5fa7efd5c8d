using System.Text.RegularExpressions;
using Orchestra.Cli.Serve;
using Orchestra.Hosting.Configuration;

namespace Orchestra.Cli.Tests;

/// <summary>A node as <c>orchestra serve</c> runs it, on its first start, and the keys that it printed.</summary>
internal sealed class RealNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Node _node;

    private RealNode(TemporaryFolder folder, Node node, string report)
    {
        (_folder, _node) = (folder, node);
        Url = Regex.Match(report, "Listening on (\\S+)").Groups[1].Value;
        AdminKey = Regex.Match(report, "Admin key [^:]*: (\\S+)").Groups[1].Value;
    }

    public string Url { get; }

    public string AdminKey { get; }

    public static async Task<RealNode> StartAsync()
    {
        var folder = new TemporaryFolder();
        var report = new StringWriter();
        var settings = new HostSettings(null, "http://127.0.0.1:0", folder.Path, ["Orchestra:Experts:calculator:Kind=calculator"]);
        return new RealNode(folder, await Node.StartAsync(settings, report, default), report.ToString());
    }

    /// <summary>Runs a command line against this node's admin API.</summary>
    public Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.RunAsync([.. arguments, "--url", Url, "--admin-key", AdminKey]);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }
}
