using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenAI;
using OpenAI.Chat;
using Orchestra.Cli.Replay;
using Orchestra.Cli.Serve;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Hosting.Configuration;

namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>A node with the configuration of samples/gsm8k, whose two models are replayed from a table by servers of their own, and a policy that decides.</summary>
internal sealed class SampleNode : IAsyncDisposable
{
    private readonly List<ReplayServer> _servers = [];
    private readonly Node _node;

    private SampleNode(Node node, string report, string data)
    {
        _node = node;
        Data = data;
        Url = Regex.Match(report, "Listening on (\\S+)").Groups[1].Value;
        Key = Regex.Match(report, "API key \\(shown once\\): (\\S+)").Groups[1].Value;
        AdminKey = Regex.Match(report, "Admin key \\(shown once\\): (\\S+)").Groups[1].Value;
    }

    public string Data { get; }

    public string Url { get; }

    public string Key { get; }

    public string AdminKey { get; }

    public static async Task<SampleNode> StartAsync(string folder, IReadOnlyList<OutcomeRow> rows, params string[] settings)
    {
        var servers = new List<ReplayServer>();
        var overrides = new List<string> { "Orchestra:Conductor:Kind=learned" };
        foreach (var model in (string[])[StoryTable.Cheap, StoryTable.Dear])
        {
            var table = new ReplayTable();
            foreach (var row in rows)
                table.Add(row, [model]);
            var server = await ReplayServer.StartAsync(table, new ReplayOptions { Port = 0 }, TimeProvider.System, default);
            servers.Add(server);
            overrides.Add($"Orchestra:Experts:{model}:Endpoint={server.Url}v1");
        }

        var data = Path.Combine(folder, "data");
        var report = new StringWriter();
        var node = await Node.StartAsync(new HostSettings(Repository.File("samples/gsm8k/orchestra.json"), "http://127.0.0.1:0", data, [.. overrides, .. settings]), report, default);
        var sample = new SampleNode(node, report.ToString(), data);
        sample._servers.AddRange(servers);
        return sample;
    }

    /// <summary>Asks a row's question with the official SDK.</summary>
    public async Task<SampleAnswer> AskAsync(OutcomeRow row)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri($"{Url}/v1"), RetryPolicy = new ClientRetryPolicy(0), NetworkTimeout = TimeSpan.FromSeconds(60) };
        var chat = new ChatClient("orchestra", new ApiKeyCredential(Key), options);
        var result = await chat.CompleteChatAsync(row.Prompt);
        var headers = result.GetRawResponse().Headers;
        string Header(string name) => headers.TryGetValue(name, out var value) ? value! : throw new InvalidOperationException($"The header {name} is missing.");
        return new SampleAnswer(
            Header("x-orchestra-trajectory"), Header("x-orchestra-experts").Split(','), decimal.Parse(Header("x-orchestra-cost-usd"), CultureInfo.InvariantCulture),
            OutcomeGrader.Grade(row, result.Value.Content[0].Text) ?? 0);
    }

    /// <summary>What the default tenant has spent when no call is under way any more.</summary>
    public async Task<decimal> SettledSpendAsync()
    {
        using var admin = Client(AdminKey);
        var budget = await admin.GetFromJsonAsync<JsonNode>("/admin/tenants/default/budget");
        await Eventually.TrueAsync(async () => (string)(budget = await admin.GetFromJsonAsync<JsonNode>("/admin/tenants/default/budget"))!["reserved_usd"]! == "0");
        return decimal.Parse((string)budget!["spent_usd"]!, CultureInfo.InvariantCulture);
    }

    public async Task<JsonNode> TrajectoryAsync(string id)
    {
        using var admin = Client(AdminKey);
        return (await admin.GetFromJsonAsync<JsonNode>($"/admin/trajectories/{id}"))!;
    }

    /// <summary>Tells the node the correct answer.</summary>
    public async Task SayAsync(string trajectory, string correctAnswer)
    {
        using var client = Client(Key);
        (await client.PostAsJsonAsync("/v1/feedback", new { trajectory, correct_answer = correctAnswer })).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private HttpClient Client(string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }
}
