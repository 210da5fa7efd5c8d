using System.Diagnostics;
using Orchestra.Hosting;

namespace Orchestra.Silo.Local;

/// <summary>A silo in a process of its own, with its output in a log file. It stops when its input ends, so it cannot outlive this process.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(150);
    private readonly Process _process;
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamWriter _log;
    private readonly string _logPath;
    private TextWriter? _echo;

    /// <summary>A silo that is not started yet.</summary>
    /// <param name="name">The silo's name.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="connectionString">Its database, which goes by the environment so that no password is seen in lists of processes.</param>
    /// <param name="logPath">Where its output goes.</param>
    public SiloProcess(string name, IEnumerable<string> arguments, string connectionString, string logPath)
    {
        Name = name;
        _logPath = logPath;
        _log = new StreamWriter(logPath, append: true) { AutoFlush = true };
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(SiloProcess).Assembly.Location, .. arguments])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ORCHESTRA_POSTGRES"] = connectionString;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    /// <summary>The silo's name.</summary>
    public string Name { get; }

    /// <summary>Completes when the process has ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Starts it and waits until it is in the cluster; throws <see cref="HostException"/> where it does not get there.</summary>
    public async Task StartAsync(TextWriter output, CancellationToken ct)
    {
        _echo = output;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Ended = _process.WaitForExitAsync(CancellationToken.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartLimit);
        try
        {
            await Task.WhenAny(_listening.Task, Ended).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HostException($"The silo {Name} did not start within {StartLimit.TotalSeconds:0} s; see {_logPath}.");
        }

        _echo = null;
        if (!_listening.Task.IsCompleted)
            throw new HostException($"The silo {Name} ended at its start; see {_logPath}.");
    }

    /// <summary>Lets it drain and stop; one that does not is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await Ended.WaitAsync(StopLimit);
        }
        catch (Exception error) when (error is TimeoutException or InvalidOperationException)
        {
            if (!Ended.IsCompleted)
                _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        await _log.DisposeAsync();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_log)
        {
            _log.WriteLine(line);
            _echo?.WriteLine($"{Name}: {line}");
        }

        if (line.StartsWith("Listening on ", StringComparison.Ordinal))
            _listening.TrySetResult();
    }
}
