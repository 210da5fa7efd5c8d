using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>Two nodes in processes of their own that share one PostgreSQL and follow the same rollout, over an upstream that answers at once.</summary>
internal sealed class CanaryNodes : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyUpstream _upstream = new(Replies.Answer("It is 42."));
    private PostgresTestDatabase? _database;
    private NodeProcess[] _nodes = [];
    private HttpClient[] _clients = [];
    private HttpClient? _admin;

    /// <summary>Starts them with a canary that is looked at ten times a second.</summary>
    public static async Task<CanaryNodes> StartAsync(int minQueries)
    {
        var nodes = new CanaryNodes();
        try
        {
            await nodes.OpenAsync(minQueries);
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a policy file; returns its id.</summary>
    public async Task<string> AddAsync(byte[] policy)
    {
        using var content = new ByteArrayContent(policy) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var response = await _admin!.PutAsync(new Uri("/admin/policies", UriKind.Relative), content);
        return (string)(await ReadAsync(response))["id"]!;
    }

    public async Task ShadowAsync(string policy) => await PostAsync(_admin!, $"/admin/policies/{policy}/shadow", new { });

    public async Task PromoteAsync(string policy) => await PostAsync(_admin!, $"/admin/policies/{policy}/promote", new { });

    public async Task CanaryAsync(string policy, double share) => await PostAsync(_admin!, $"/admin/policies/{policy}/canary", new { share });

    /// <summary>How the rollout stands.</summary>
    public async Task<JsonNode> RolloutAsync()
    {
        using var response = await _admin!.GetAsync(new Uri("/admin/policies/rollout", UriKind.Relative));
        return await ReadAsync(response);
    }

    /// <summary>Asks a node within a conversation; returns the answer's trajectory.</summary>
    public async Task<string> AskAsync(int node, string conversation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "orchestra", max_tokens = 64, messages = new[] { new { role = "user", content = "question number 7 of the toy" } } }),
        };
        request.Headers.Add("x-orchestra-conversation", conversation);
        using var response = await _clients[node].SendAsync(request);
        await ReadAsync(response);
        return response.Headers.GetValues("x-orchestra-trajectory").Single();
    }

    /// <summary>Says to a node how good an answer was, once it knows of it: the other one writes trajectories behind their answers.</summary>
    public Task FeedbackAsync(int node, string trajectory, double score) => Eventually.TrueAsync(async () =>
    {
        using var response = await _clients[node].PostAsJsonAsync(new Uri("/v1/feedback", UriKind.Relative), new { trajectory, score });
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        await ReadAsync(response);
        return true;
    });

    /// <summary>The conductor and policy that served a trajectory, such as <c>learned:pol_…</c>.</summary>
    public async Task<string> ConductorAsync(string trajectory) => (string)(await TrajectoryAsync(trajectory))["conductor"]!;

    /// <summary>A trajectory, once the node that served it has written it.</summary>
    public async Task<JsonNode> TrajectoryAsync(string trajectory)
    {
        JsonNode? found = null;
        await Eventually.TrueAsync(async () =>
        {
            using var response = await _admin!.GetAsync(new Uri($"/admin/trajectories/{trajectory}", UriKind.Relative));
            found = response.IsSuccessStatusCode ? await ReadAsync(response) : null;
            return found is not null;
        });
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        _admin?.Dispose();
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _upstream.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync(int minQueries)
    {
        _database = await PostgresTestDatabase.CreateAsync();
        object Expert(decimal price) => new { Kind = "openai", Endpoint = _upstream.Endpoint.ToString(), Price = new { InputPerMillion = price, OutputPerMillion = price }, MaxOutputTokens = 512, Retries = 1 };
        var config = _folder.Write("orchestra.json", JsonSerializer.Serialize(new
        {
            Orchestra = new
            {
                Experts = new Dictionary<string, object> { [TrainedPolicies.Cheap] = Expert(1), [TrainedPolicies.Dear] = Expert(50) },
                Conductor = new { Kind = "learned", Lambda = 0.001, Explore = 0 },
                Learning = new { Rollout = new { Poll = "00:00:00.1", FeedbackWindow = "00:00:01", MinQueries = minQueries } },
                Storage = new { Kind = "postgres", _database.ConnectionString },
            },
        }));
        var first = await NodeProcess.StartAsync(_folder.Path, config);
        _nodes = [first];
        _nodes = [first, await NodeProcess.StartAsync(_folder.Path, config)];
        _clients = [.. _nodes.Select(node => node.Client(first.PrintedKey()))];
        _admin = first.Client(NodeProcess.AdminKey);
    }

    private static async Task PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        await ReadAsync(response);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!;
    }
}
