using System.Diagnostics;
using System.Reflection;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Bench.Gateway;

/// <summary>One of the bench's processes: this same program with another verb, killed at the end whatever happens.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private const int MaxLines = 200;

    private readonly string _name;
    private readonly Process _process;
    private readonly Queue<string> _errors = new();

    private BenchProcess(string name, Process process)
    {
        _name = name;
        _process = process;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Its resident memory in bytes; 0 where it has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <summary>Starts this program with other arguments.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="arguments">The verb and its options.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="readsOutput">Whether its output is read line by line; otherwise it is kept for messages.</param>
    public static BenchProcess Start(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, bool readsOutput)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Under `dotnet orchestra.dll` the process is dotnet, and the program its first argument.
        if (!string.Equals(Path.GetFileNameWithoutExtension(start.FileName), "orchestra", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        var process = Process.Start(start) ?? throw new CommandException($"The {name} could not be started.");
        var running = new BenchProcess(name, process);
        if (readsOutput)
            return running;
        process.OutputDataReceived += (_, line) => running.Keep(line.Data);
        process.BeginOutputReadLine();
        return running;
    }

    /// <summary>The next line of its output, waited for at most this long.</summary>
    public async Task<string> ReadLineAsync(TimeSpan patience, CancellationToken ct)
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync(ct).AsTask().WaitAsync(patience, TimeProvider.System, ct) ?? throw Failed("ended early");
        }
        catch (TimeoutException)
        {
            throw Failed($"said nothing for {patience.TotalSeconds:0} s");
        }
    }

    /// <summary>Writes a line to its input.</summary>
    public async Task WriteLineAsync(string line, CancellationToken ct)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), ct);
        await _process.StandardInput.FlushAsync(ct);
    }

    /// <summary>An error that names the process and shows what it said last.</summary>
    public CommandException Failed(string what)
    {
        lock (_errors)
            return new CommandException($"The {_name} {what}.{(_errors.Count == 0 ? "" : $" It said:{Environment.NewLine}{string.Join(Environment.NewLine, _errors)}")}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > MaxLines)
                _errors.Dequeue();
        }
    }
}
