using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestra.Cli.Replay;
using Orchestra.Cli.Serve;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Hosting.Configuration;
using ReplayTable = Orchestra.Cli.Replay.ReplayTable;

namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>A node whose two experts answer as a recorded table says, behind a real replay server, and whose client says of each answer what is right.</summary>
internal sealed class TableNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ReplayServer _experts;
    private Node? _node;

    private TableNode(ReplayServer experts) => _experts = experts;

    public string Config => _folder.File("orchestra.json");

    public string Policy => _folder.File("policy.orchestra");

    public string Data => _folder.File("data");

    /// <summary>Starts the replay server and a node that decides with a policy.</summary>
    public static async Task<TableNode> StartAsync(IReadOnlyList<OutcomeRow> table, byte[] policy, double lambda, double explore)
    {
        var recorded = new ReplayTable();
        foreach (var row in table)
            recorded.Add(row, []);
        var node = new TableNode(await ReplayServer.StartAsync(recorded, new ReplayOptions(), TimeProvider.System, default));
        await File.WriteAllBytesAsync(node.Policy, policy);
        object Expert(decimal price) => new { Kind = "openai", Endpoint = new Uri(node._experts.Url, "/v1").ToString(), Price = new { InputPerMillion = price, OutputPerMillion = price }, MaxOutputTokens = 512, Retries = 1 };
        node._folder.Write("orchestra.json", JsonSerializer.Serialize(new
        {
            Orchestra = new
            {
                Experts = new Dictionary<string, object> { [TrainedPolicies.Cheap] = Expert(1), [TrainedPolicies.Dear] = Expert(10) },
                Conductor = new { Kind = "learned", node.Policy, Lambda = lambda, Explore = explore },
            },
        }));
        var report = new StringWriter();
        node._node = await Node.StartAsync(new HostSettings(node.Config, "http://127.0.0.1:0", node.Data, []), report, default);
        node.Client.BaseAddress = new Uri(Regex.Match(report.ToString(), "Listening on (\\S+)").Groups[1].Value);
        node.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Regex.Match(report.ToString(), "API key \\(shown once\\): (\\S+)").Groups[1].Value);
        return node;
    }

    private HttpClient Client { get; } = new();

    /// <summary>Asks a row's question and says what the answer is; returns whether it was right, and its dollars.</summary>
    public async Task<(bool IsRight, double Dollars)> AskAsync(OutcomeRow row)
    {
        using var response = await Client.PostAsJsonAsync("/v1/chat/completions", new { model = "orchestra", max_tokens = 64, messages = new[] { new { role = "user", content = row.Prompt } } });
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        var answer = (string)JsonNode.Parse(text)!["choices"]![0]!["message"]!["content"]!;
        using var said = await Client.PostAsJsonAsync("/v1/feedback", new { trajectory = response.Headers.GetValues("x-orchestra-trajectory").Single(), correct_answer = row.Answer });
        said.IsSuccessStatusCode.ShouldBeTrue();
        return (OutcomeGrader.Grade(row, answer) > 0, double.Parse(response.Headers.GetValues("x-orchestra-cost-usd").Single(), CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_node is not null)
            await _node.DisposeAsync();
        await _experts.DisposeAsync();
        _folder.Dispose();
    }
}
