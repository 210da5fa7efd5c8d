using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>A real <c>orchestra-silo</c> in a process of its own.</summary>
internal sealed partial class RunningSilo : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningSilo(Process process) => _process = process;

    /// <summary>Where its web server listens.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>All that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "orchestra-silo.dll");

    /// <summary>Starts one and waits until it is in the cluster; throws with what it wrote where it ends before that.</summary>
    public static async Task<RunningSilo> StartAsync(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, "--urls", "http://127.0.0.1:0", .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var silo = new RunningSilo(new Process { StartInfo = start, EnableRaisingEvents = true });
        silo._process.OutputDataReceived += (_, line) => silo.Take(line.Data);
        silo._process.ErrorDataReceived += (_, line) => silo.Take(line.Data);
        silo._process.Start();
        silo._process.BeginOutputReadLine();
        silo._process.BeginErrorReadLine();
        await Task.WhenAny(silo._listening.Task, silo._process.WaitForExitAsync()).WaitAsync(Bound);
        silo.Url = silo._listening.Task.IsCompleted ? await silo._listening.Task : throw new InvalidOperationException($"The silo ended:\n{silo.Output}");
        return silo;
    }

    /// <summary>Ends it as a crash does: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(Bound);
    }

    /// <summary>Asks it to stop, as an orchestrator does: SIGTERM. Returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Bound);
        return _process.ExitCode;
    }

    public HttpClient Client(string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url), Timeout = Bound };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (ListeningLine().Match(line) is { Success: true } match)
            _listening.TrySetResult(match.Groups[1].Value);
    }

    [GeneratedRegex(@"^Listening on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListeningLine();
}
