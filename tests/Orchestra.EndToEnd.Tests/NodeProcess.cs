using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestra.EndToEnd.Tests;

/// <summary>A real node: <c>orchestra serve</c> in a process of its own, on a free port and a data folder of its own.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    public const string AdminKey = "admin-key-of-the-test-with-enough-length";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _keyShown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(Process process) => _process = process;

    public string Url { get; private set; } = string.Empty;

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "orchestra.dll");

    public static async Task<NodeProcess> StartAsync(string data, string? config = null, string workingFolder = "", params string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingFolder.Length > 0 ? workingFolder : data,
        };
        foreach (var argument in (string[])[Assembly, "serve", "--urls", "http://127.0.0.1:0", "--data", data, .. config is null ? Array.Empty<string>() : ["--config", config], .. more])
            start.ArgumentList.Add(argument);
        start.Environment["ORCHESTRA_ADMIN_KEY"] = AdminKey;
        foreach (var provider in (string[])["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GROQ_API_KEY", "TOGETHER_API_KEY", "MISTRAL_API_KEY", "DEEPSEEK_API_KEY", "OPENROUTER_API_KEY", "GEMINI_API_KEY"])
            start.Environment.Remove(provider);
        var node = new NodeProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        node._process.OutputDataReceived += (_, line) => node.Take(line.Data);
        node._process.ErrorDataReceived += (_, line) => node.Take(line.Data);
        node._process.Start();
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        // The end is waited for with all that the node wrote; the event of its exit can come before its last words.
        await Task.WhenAny(node._listening.Task, node._process.WaitForExitAsync()).WaitAsync(StartLimit);
        node.Url = node._listening.Task.IsCompleted ? await node._listening.Task : throw new InvalidOperationException($"The node ended:\n{node.Output}");
        // A first start goes on to show its key again, in what to do next; what follows is the log.
        if (KeyLine().IsMatch(node.Output))
            await node._keyShown.Task.WaitAsync(StartLimit);
        return node;
    }

    /// <summary>The default tenant's key, as the first start printed it.</summary>
    public string PrintedKey() => KeyLine().Match(Output) is { Success: true } match ? match.Value : throw new InvalidOperationException($"No key was printed:\n{Output}");

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(60) };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public async Task<JsonNode> BudgetAsync()
    {
        using var admin = Client(AdminKey);
        return (await admin.GetFromJsonAsync<JsonNode>("/admin/tenants/default/budget"))!;
    }

    /// <summary>The budget when no call is under way any more.</summary>
    public async Task<JsonNode> SettledBudgetAsync()
    {
        await Eventually.TrueAsync(async () => (string)(await BudgetAsync())["reserved_usd"]! == "0");
        return await BudgetAsync();
    }

    /// <summary>What is spent when no call is under way any more.</summary>
    public async Task<decimal> SettledSpendAsync() => decimal.Parse((string)(await SettledBudgetAsync())["spent_usd"]!, CultureInfo.InvariantCulture);

    /// <summary>Sets the default tenant's limit.</summary>
    public async Task LimitAsync(decimal dollars)
    {
        using var admin = Client(AdminKey);
        var limit = new { limit_usd = dollars.ToString(CultureInfo.InvariantCulture), window = "total" };
        (await admin.PutAsJsonAsync("/admin/tenants/default/budget", limit)).EnsureSuccessStatusCode();
    }

    /// <summary>Ends the node as a crash does: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the node to stop, as a service manager does: SIGTERM. Returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(StartLimit);
        return _process.ExitCode;
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
        if (line.StartsWith("OpenAI clients take the same key", StringComparison.Ordinal))
            _keyShown.TrySetResult();
    }

    [GeneratedRegex(@"Listening on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListeningLine();

    [GeneratedRegex(@"sk-orch-\S+")]
    private static partial Regex KeyLine();
}
