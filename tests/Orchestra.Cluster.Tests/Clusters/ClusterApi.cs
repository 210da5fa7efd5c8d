using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenAI;
using OpenAI.Chat;

namespace Orchestra.Cluster.Tests.Clusters;

/// <summary>The HTTP API of a cluster's first silo, with the keys of its first start.</summary>
internal sealed class ClusterApi(RunningCluster cluster)
{
    public string Url { get; } = Shown(cluster, "Listening on (\\S+)");

    public string Key { get; } = Shown(cluster, "API key \\(shown once\\): (\\S+)");

    public string AdminKey { get; } = Shown(cluster, "Admin key \\(shown once\\): (\\S+)");

    public ChatClient Chat(string model = "orchestra", string? key = null) => new(
        model, new ApiKeyCredential(key ?? Key), new OpenAIClientOptions { Endpoint = new Uri($"{Url}/v1"), RetryPolicy = new ClientRetryPolicy(0), NetworkTimeout = TimeSpan.FromSeconds(60) });

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key ?? Key);
        return client;
    }

    public HttpClient Admin() => Client(AdminKey);

    /// <summary>Asks a model; the response's headers are there, its body may be under way.</summary>
    public async Task<HttpResponseMessage> AskAsync(HttpClient client, string model, string text = "Hi there!", bool stream = false, string? conversation = null, CancellationToken ct = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model, stream, max_tokens = 64, messages = new[] { new { role = "user", content = text } } }),
        };
        if (conversation is not null)
            request.Headers.Add("x-orchestra-conversation", conversation);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    public async Task LimitAsync(string dollars)
    {
        using var admin = Admin();
        (await admin.PutAsJsonAsync("/admin/tenants/default/budget", new { limit_usd = dollars, window = "total" })).EnsureSuccessStatusCode();
    }

    /// <summary>What is spent when no call is under way any more.</summary>
    public async Task<decimal> SpentAsync()
    {
        using var admin = Admin();
        JsonNode? budget = null;
        await Eventually.TrueAsync(async () => (string)(budget = await admin.GetFromJsonAsync<JsonNode>("/admin/tenants/default/budget"))!["reserved_usd"]! == "0");
        return decimal.Parse((string)budget!["spent_usd"]!, CultureInfo.InvariantCulture);
    }

    private static string Shown(RunningCluster cluster, string pattern) => Regex.Match(cluster.Report, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
}
