using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Tests.Experts.OpenAI;
using Orchestra.Silo.Local;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>A cluster of real processes on one real PostgreSQL, with one paid expert, <c>small</c>, that asks whichever upstream each silo is given.</summary>
internal sealed partial class ProcessCluster : IAsyncDisposable
{
    public const string AdminKey = "the-admin-key-of-the-test-with-enough-length";
    public const string Conducting = "gateway,conductor";

    /// <summary>What one answer of <see cref="Upstreams"/> costs.</summary>
    public const decimal Cost = 0.000017m;

    private readonly TemporaryFolder _folder = new();
    private readonly PostgresTestDatabase _database;
    private readonly List<RunningSilo> _silos = [];
    private readonly string[] _settings;

    private ProcessCluster(PostgresTestDatabase database, string[] settings)
    {
        _database = database;
        _settings = settings;
    }

    /// <summary>The default tenant's key, which the first gateway printed.</summary>
    public string Key { get; private set; } = string.Empty;

    public string ConnectionString => _database.ConnectionString;

    /// <summary>A cluster without silos.</summary>
    /// <param name="replicas">Replicas of the expert.</param>
    /// <param name="settings">Single settings for all silos.</param>
    public static async Task<ProcessCluster> CreateAsync(int replicas, params string[] settings)
    {
        var cluster = new ProcessCluster(await PostgresTestDatabase.CreateAsync(), settings);
        cluster._folder.Write("orchestra.json", JsonSerializer.Serialize(new
        {
            Orchestra = new
            {
                Experts = new
                {
                    small = new { Kind = "openai", Endpoint = FaultyUpstream.NobodyHome().ToString(), Price = new { InputPerMillion = 1, OutputPerMillion = 2 }, MaxOutputTokens = 512, Retries = 0, Replicas = replicas },
                },
                Storage = new { Kind = "postgres" },
            },
        }));
        return cluster;
    }

    /// <summary>Starts a silo whose replicas, if it holds any, ask this upstream.</summary>
    public async Task<RunningSilo> StartAsync(string name, string roles, FaultyUpstream? upstream = null, params string[] more)
    {
        List<string> set = [$"Orchestra:Cluster:SiloName={name}", $"Orchestra:Cluster:SiloPort={FreePort.Take()}", "Orchestra:Cluster:GatewayPort=0", .. _settings, .. more];
        if (upstream is not null)
            set.Add($"Orchestra:Experts:small:Endpoint={upstream.Endpoint}");
        var environment = new Dictionary<string, string> { ["ORCHESTRA_ADMIN_KEY"] = AdminKey, ["ORCHESTRA_POSTGRES"] = ConnectionString };
        var silo = await RunningSilo.StartAsync(_folder.Path, ["--config", "orchestra.json", "--roles", roles, .. set.SelectMany(setting => new[] { "--set", setting })], environment);
        lock (_silos)
            _silos.Add(silo);
        if (KeyLine().Match(silo.Output) is { Success: true } match)
            Key = match.Value;
        return silo;
    }

    /// <summary>Sets the default tenant's limit.</summary>
    public static async Task LimitAsync(RunningSilo gateway, decimal dollars)
    {
        using var admin = gateway.Client(AdminKey);
        var limit = new { limit_usd = dollars.ToString(CultureInfo.InvariantCulture), window = "total" };
        (await admin.PutAsJsonAsync("/admin/tenants/default/budget", limit)).EnsureSuccessStatusCode();
    }

    /// <summary>What the default tenant has spent and what is reserved.</summary>
    public static async Task<(decimal Spent, decimal Reserved)> BudgetAsync(RunningSilo gateway)
    {
        using var admin = gateway.Client(AdminKey);
        var budget = (await admin.GetFromJsonAsync<JsonNode>("/admin/tenants/default/budget"))!;
        return (Dollars("spent_usd"), Dollars("reserved_usd"));

        decimal Dollars(string name) => decimal.Parse((string)budget[name]!, CultureInfo.InvariantCulture);
    }

    /// <summary>What is spent as soon as nothing is reserved any more.</summary>
    public static async Task<decimal> SettledSpendAsync(RunningSilo gateway)
    {
        await Eventually.TrueAsync(async () => (await BudgetAsync(gateway)).Reserved == 0);
        return (await BudgetAsync(gateway)).Spent;
    }

    /// <summary><c>orchestra ledger verify</c> finds nothing wrong.</summary>
    public async Task ShouldVerifyAsync()
    {
        var invocation = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        var exitCode = await OrchestraCommand.RunAsync(
            ["ledger", "verify", "--grace", "0s", "--config", _folder.File("orchestra.json"), "--set", $"Orchestra:Storage:ConnectionString={ConnectionString}"], invocation);
        exitCode.ShouldBe(ExitCode.Ok, $"{invocation.Output}\n{invocation.Error}");
        invocation.Output.ToString()!.ShouldContain("Every ledger is in order.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex(@"sk-orch-\S+")]
    private static partial Regex KeyLine();
}
