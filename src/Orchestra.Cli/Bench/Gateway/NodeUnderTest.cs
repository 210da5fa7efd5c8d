using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Orchestra.Cli.Bench.Gateway.Upstream;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;
using Orchestra.Core.Budgets;

namespace Orchestra.Cli.Bench.Gateway;

/// <summary>A fresh node in its own process and folder, with one expert (the mock upstream), one tenant, one key and one budget.</summary>
internal sealed class NodeUnderTest : IAsyncDisposable
{
    private const string Tenant = "bench";
    private const int MaxReply = 64 * 1024;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;
    private readonly BenchProcess _process;
    private readonly NodeClient _admin;

    private NodeUnderTest(DirectoryInfo folder, BenchProcess process, Uri url, string adminKey)
    {
        _folder = folder;
        _process = process;
        Url = url;
        _admin = new NodeClient(url, adminKey);
    }

    public Uri Url { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartTime { get; private set; }

    public string Key { get; private set; } = "";

    public long ResidentBytes => _process.ResidentBytes;

    public static async Task<NodeUnderTest> StartAsync(int upstreamPort, TimeProvider time, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("orchestra-bench-");
        var config = Path.Combine(folder.FullName, "orchestra.json");
        await File.WriteAllTextAsync(config, Configuration(upstreamPort), ct);
        var url = new Uri($"http://127.0.0.1:{FreePort()}/");
        var adminKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var process = BenchProcess.Start(
            "node",
            ["serve", "--config", config, "--urls", url.AbsoluteUri.TrimEnd('/'), "--data", Path.Combine(folder.FullName, "data")],
            new Dictionary<string, string> { [NodeOptions.AdminKeyVariable] = adminKey },
            readsOutput: false);
        var node = new NodeUnderTest(folder, process, url, adminKey);
        try
        {
            await node.WaitUntilReadyAsync(time, ct);
            await node.CreateTenantAsync(ct);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the ledger says, once nothing is reserved any more and it has settled this much, or after a bounded wait.</summary>
    public async Task<(Money Spent, Money Reserved)> ReadLedgerAsync(Money expected, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            using var budget = await RequestAsync(HttpMethod.Get, $"admin/tenants/{Tenant}/budget", null, ct);
            var found = (Amount(budget, "spent_usd"), Amount(budget, "reserved_usd"));
            if (found == (expected, Money.Zero) || time.GetElapsedTime(start) > patience)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Configuration(int upstreamPort) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {
          "Orchestra": {
            "Experts": {
              "mock": {
                "Kind": "openai",
                "Endpoint": "http://127.0.0.1:{{upstreamPort}}/v1",
                "Model": "mock",
                "MaxConcurrency": 256,
                "Price": { "InputPerMillion": {{MockReply.InputPerMillion}}, "OutputPerMillion": {{MockReply.OutputPerMillion}} }
              }
            }
          }
        }
        """);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task WaitUntilReadyAsync(TimeProvider time, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < StartPatience)
        {
            if (!_process.IsRunning)
                throw _process.Failed("ended instead of serving");
            try
            {
                using var response = await http.GetAsync(new Uri("readyz", UriKind.Relative), ct);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    StartTime = time.GetElapsedTime(start);
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet: the loop is the wait.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time, ct);
        }

        throw _process.Failed($"was not ready within {StartPatience.TotalSeconds:0} s");
    }

    private async Task CreateTenantAsync(CancellationToken ct)
    {
        using var tenant = await RequestAsync(HttpMethod.Post, "admin/tenants", $$"""{"id":"{{Tenant}}","name":"Bench"}""", ct);
        using var key = await RequestAsync(HttpMethod.Post, $"admin/tenants/{Tenant}/keys", "{}", ct);
        Key = key.RootElement.GetProperty("key").GetString() ?? throw new CommandException("The node made no key.");
        using var budget = await RequestAsync(HttpMethod.Put, $"admin/tenants/{Tenant}/budget", """{"limit_usd":"1000000","window":"total"}""", ct);
    }

    private async Task<JsonDocument> RequestAsync(HttpMethod method, string path, string? body, CancellationToken ct)
    {
        using var content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _admin.SendAsync(method, path, content, ct);
        return await NodeClient.ReadJsonAsync(response, MaxReply, ct);
    }

    private static Money Amount(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && Money.TryParse(value.GetString(), out var money)
            ? money
            : throw new CommandException($"The node's budget has no amount '{name}'.");
}
