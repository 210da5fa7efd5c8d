using Orchestra.Core.Budgets;
using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Core.Experts.Discovery;

/// <summary>Finds the experts that this machine has: providers whose keys are in the environment, and model servers on their usual ports.</summary>
/// <param name="options">Where to look.</param>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
/// <param name="time">The clock of the limits.</param>
public sealed class ExpertDiscovery(ExpertDiscoveryOptions options, Func<string, string?> environment, TimeProvider time)
{
    private const int MaxListBytes = 256 * 1024;

    /// <summary>Looks everywhere at once; takes hardly longer than one server may take to answer.</summary>
    public async Task<DiscoveredExperts> FindAsync(CancellationToken ct)
    {
        var names = new ExpertNames(options.ReservedNames);
        var experts = new List<OpenAIExpertOptions>();
        var report = new List<string>();
        FindProviders(names, experts, report);
        await FindServersAsync(names, experts, report, ct);
        return new DiscoveredExperts(experts, report);
    }

    private void FindProviders(ExpertNames names, List<OpenAIExpertOptions> experts, List<string> report)
    {
        var missing = new List<string>();
        foreach (var provider in KnownProvider.All)
        {
            if (environment(provider.KeyVariable)?.Trim() is not { Length: > 0 } key)
            {
                missing.Add(provider.KeyVariable);
                continue;
            }

            OpenAIExpertOptions[] found = [Expert(provider, provider.Cheap, key, names, isStrong: false), Expert(provider, provider.Strong, key, names, isStrong: true)];
            if (OpenAIExpertOptionsValidator.Errors(found[0]).Count > 0)
            {
                report.Add($"{provider.KeyVariable} is set, but not to a key: keys are printable ASCII without spaces.");
                continue;
            }

            experts.AddRange(found);
            report.Add(
                $"Found {provider.KeyVariable}: {Describe(found[0], provider.Cheap)} and {Describe(found[1], provider.Strong)} at {found[0].Endpoints[0].Host}. " +
                "Check these list prices; set them in the configuration where they have changed.");
        }

        if (missing.Count > 0)
            report.Add($"Looked for {string.Join(", ", missing)} in the environment: not set.");
    }

    private async Task FindServersAsync(ExpertNames names, List<OpenAIExpertOptions> experts, List<string> report, CancellationToken ct)
    {
        using var connections = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 16,
        });
        var servers = options.Servers.Where(server => !IsOwn(server.Endpoint)).ToList();
        var answers = await Task.WhenAll(servers.Select(server => AskAsync(connections, server, ct)));
        foreach (var (server, models) in servers.Zip(answers))
        {
            if (models is not { Count: > 0 })
                continue;
            var found = models.Select(model => Expert(server, model.Model, model.ContextWindow, names)).ToList();
            experts.AddRange(found);
            report.Add($"Found {server.Name} at {server.Endpoint.Authority}: {string.Join(", ", found.Select(expert => expert.Name))}.");
        }

        var silent = servers.Zip(answers).Where(pair => pair.Second is null).Select(pair => $"{pair.First.Name} at {pair.First.Endpoint.Authority}").ToList();
        if (silent.Count > 0)
            report.Add($"Looked for {string.Join(", ", silent)}: no list of models came back.");
        foreach (var (server, _) in servers.Zip(answers).Where(pair => pair.Second is { Count: 0 }))
            report.Add($"Found {server.Name} at {server.Endpoint.Authority}, but it has no chat model yet.");
        foreach (var server in options.Servers.Except(servers))
            report.Add($"Did not look for {server.Name} at {server.Endpoint.Authority}, because this node listens there.");
    }

    /// <summary>The models of a server; null where none answers as one.</summary>
    private async Task<IReadOnlyList<(string Model, int ContextWindow)>?> AskAsync(HttpMessageInvoker connections, LocalServer server, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.ServerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, UpstreamEndpoint.AddressOf(server.Endpoint, "models"));
            using var response = await connections.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
                return null;
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[MaxListBytes];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token);
            return length < buffer.Length ? LocalModels.Read(buffer.AsMemory(0, length), options.MaxModelsPerServer) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private bool IsOwn(Uri endpoint) => endpoint.IsLoopback && options.OwnPorts.Contains(endpoint.Port);

    private static string Describe(OpenAIExpertOptions expert, KnownModel model) => $"{expert.Name} (${model.InputPrice:0.##} in, ${model.OutputPrice:0.##} out per million tokens)";

    private static OpenAIExpertOptions Expert(KnownProvider provider, KnownModel model, string key, ExpertNames names, bool isStrong) => new()
    {
        Name = names.Take(provider.Name, model.Model),
        Endpoints = [new Uri(provider.Endpoint)],
        Model = model.Model,
        ApiKey = key,
        Price = new ExpertPrice(Money.FromDollars(model.InputPrice), Money.FromDollars(model.OutputPrice), Money.Zero),
        Skills = Skills(isStrong ? ["chat", "math", "code", "reasoning", "summary", "translation", "tools"] : ["chat", "summary", "translation", "tools"]),
        ContextWindow = model.ContextWindow,
        MaxOutputTokens = model.MaxOutputTokens,
        MaxTokensField = provider.MaxTokensField,
    };

    private static OpenAIExpertOptions Expert(LocalServer server, string model, int contextWindow, ExpertNames names) => new()
    {
        Name = names.Take(server.Name, model),
        Endpoints = [server.Endpoint],
        Model = model,
        Skills = Skills(["chat", "summary", "translation"]),
        ContextWindow = contextWindow,
        MaxConcurrency = 8,
    };

    private static HashSet<string> Skills(IEnumerable<string> skills) => new(skills, StringComparer.OrdinalIgnoreCase);
}
