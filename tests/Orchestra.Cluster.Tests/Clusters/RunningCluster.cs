using System.Globalization;
using System.Text.Json;
using Orchestra.Hosting.Configuration;
using Orchestra.Silo;
using Orchestra.Silo.Local;

namespace Orchestra.Cluster.Tests.Clusters;

/// <summary>A whole cluster inside the test's process: silos as <c>orchestra-silo</c> starts them, on a database of their own, that talk to each other over loopback.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    /// <summary>The silo that <see cref="StartAsync"/> starts.</summary>
    public const string First = "gateway";

    private readonly TemporaryFolder _folder = new();
    private readonly PostgresTestDatabase _database;
    private readonly Dictionary<string, SiloHost> _silos = [];
    private readonly string _config;

    private RunningCluster(PostgresTestDatabase database, IReadOnlyDictionary<string, object> experts)
    {
        _database = database;
        _config = _folder.Write("orchestra.json", JsonSerializer.Serialize(new { Orchestra = new { Experts = experts } }));
    }

    /// <summary>What the first silo said when it started.</summary>
    public string Report { get; private set; } = string.Empty;

    public SiloHost this[string silo] => _silos[silo];

    /// <summary>Starts a cluster of one silo that serves the API and conducts, and holds no expert.</summary>
    public static async Task<RunningCluster> StartAsync(IReadOnlyDictionary<string, object> experts, params string[] settings)
    {
        var cluster = new RunningCluster(await PostgresTestDatabase.CreateAsync(), experts);
        try
        {
            var report = new StringWriter();
            await cluster.AddAsync(First, ["gateway", "conductor"], report, settings);
            cluster.Report = report.ToString();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a silo that holds experts: those that are named, or all.</summary>
    public Task<SiloHost> AddExpertsAsync(string name, int gpuMemoryMb, params string[] experts) => AddAsync(
        name, ["expert"], TextWriter.Null, [$"Orchestra:Cluster:GpuMemoryMb={gpuMemoryMb}", .. experts.Select((expert, i) => $"Orchestra:Cluster:Experts:{i}={expert}")]);

    /// <summary>Adds a silo.</summary>
    public async Task<SiloHost> AddAsync(string name, string[] roles, TextWriter report, params string[] settings)
    {
        string[] own =
        [
            "Orchestra:Storage:Kind=postgres", $"Orchestra:Storage:ConnectionString={_database.ConnectionString}", "Orchestra:Storage:MaxConnections=8",
            "Orchestra:Conductor:Threshold=11", "Orchestra:Gateway:ShutdownTimeout=00:00:20", $"Orchestra:Cluster:SiloName={name}", Port("SiloPort"), Port("GatewayPort"),
            .. roles.Select((role, i) => $"Orchestra:Cluster:Roles:{i}={role}"),
        ];
        return _silos[name] = await SiloHost.StartAsync(new HostSettings(_config, "http://127.0.0.1:0", _folder.File(name), [.. own, .. settings]), report, default);
    }

    /// <summary>Stops a silo as a rolling update does.</summary>
    public async Task StopAsync(string name)
    {
        _silos.Remove(name, out var silo);
        await using var stopping = silo;
        await silo!.WaitForStopAsync(TextWriter.Null, new CancellationToken(canceled: true));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _silos.Keys.ToList())
            await StopAsync(name);
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private static string Port(string setting) => string.Create(CultureInfo.InvariantCulture, $"Orchestra:Cluster:{setting}={FreePort.Take()}");
}
