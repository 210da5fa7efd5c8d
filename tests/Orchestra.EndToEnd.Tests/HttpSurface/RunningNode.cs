using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenAI;
using OpenAI.Chat;
using Orchestra.Cli.Serve;
using Orchestra.Core.Tests.Experts.OpenAI;
using Orchestra.Hosting.Configuration;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>A whole node inside the test's process, with a real Kestrel on loopback, a real store, and an upstream that the test scripts.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private const string Threshold = "11";
    private readonly TemporaryFolder _folder;
    private readonly Node _node;

    private RunningNode(TemporaryFolder folder, Node node, FaultyUpstream upstream, string report)
    {
        _folder = folder;
        _node = node;
        Upstream = upstream;
        Report = report;
        Url = Regex.Match(report, "Listening on (\\S+)").Groups[1].Value;
        Key = Regex.Match(report, "API key \\(shown once\\): (\\S+)").Groups[1].Value;
        AdminKey = Regex.Match(report, "Admin key \\(shown once\\): (\\S+)").Groups[1].Value;
    }

    public FaultyUpstream Upstream { get; }

    /// <summary>What it said when it started.</summary>
    public string Report { get; }

    /// <summary>The folder of its databases.</summary>
    public string Data => Path.Combine(_folder.Path, "data");

    public string Url { get; }

    public string Key { get; }

    public string AdminKey { get; }

    /// <summary>Starts a node with one paid expert, <c>small</c>, that asks this upstream, a calculator, and whatever else is set.</summary>
    public static async Task<RunningNode> StartAsync(FaultyUpstream upstream, params string[] settings)
    {
        var folder = new TemporaryFolder();
        var config = folder.Write("orchestra.json", JsonSerializer.Serialize(new
        {
            Orchestra = new
            {
                Experts = new Dictionary<string, object>
                {
                    ["small"] = new { Kind = "openai", Endpoint = upstream.Endpoint.ToString(), Model = "upstream-model", Price = new { InputPerMillion = 1, OutputPerMillion = 2 }, Skills = new[] { "chat", "tools" }, ContextWindow = 4096, MaxOutputTokens = 1024, Retries = 1 },
                    ["calculator"] = new { Kind = "calculator" },
                },
            },
        }));
        var report = new StringWriter();
        var node = await Node.StartAsync(
            new HostSettings(config, "http://127.0.0.1:0", Path.Combine(folder.Path, "data"), [$"Orchestra:Conductor:Threshold={Threshold}", .. settings]), report, default);
        return new RunningNode(folder, node, upstream, report.ToString());
    }

    public ChatClient Chat(string model = "orchestra", string? key = null) => new(
        model, new ApiKeyCredential(key ?? Key), new OpenAIClientOptions { Endpoint = new Uri($"{Url}/v1"), RetryPolicy = new ClientRetryPolicy(0), NetworkTimeout = TimeSpan.FromSeconds(60) });

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key ?? Key);
        return client;
    }

    public HttpClient Admin() => Client(AdminKey);

    public async Task<HttpResponseMessage> PostAsync(string body, string? key = null, string path = "/v1/chat/completions", CancellationToken ct = default)
    {
        using var client = Client(key);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/json") };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    public async Task<JsonNode> BudgetAsync()
    {
        using var admin = Admin();
        return (await admin.GetFromJsonAsync<JsonNode>("/admin/tenants/default/budget"))!;
    }

    /// <summary>The budget when no call is under way any more.</summary>
    public async Task<JsonNode> SettledBudgetAsync()
    {
        await Eventually.TrueAsync(async () => (string)(await BudgetAsync())["reserved_usd"]! == "0");
        return await BudgetAsync();
    }

    public async Task LimitAsync(string dollars)
    {
        using var admin = Admin();
        (await admin.PutAsJsonAsync("/admin/tenants/default/budget", new { limit_usd = dollars, window = "total" })).EnsureSuccessStatusCode();
    }

    public async Task<JsonNode> TrajectoryAsync(string id)
    {
        using var admin = Admin();
        return (await admin.GetFromJsonAsync<JsonNode>($"/admin/trajectories/{id}"))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await Upstream.DisposeAsync();
        _folder.Dispose();
    }
}
