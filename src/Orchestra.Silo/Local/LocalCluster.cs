using Orchestra.Hosting;

namespace Orchestra.Silo.Local;

/// <summary>The silos of a cluster on one machine; they stop with this process, whatever ends it.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly List<SiloProcess> _silos = [];

    /// <summary>Starts the gateway and conductor silo, then the silos that hold experts, and waits until all are in the cluster.</summary>
    public static async Task<LocalCluster> StartAsync(LocalPlan plan, string connectionString, TextWriter output, CancellationToken ct)
    {
        var logs = Directory.CreateDirectory(Path.Combine(plan.Folder, "logs")).FullName;
        var cluster = new LocalCluster();
        try
        {
            // Without silos for them, experts run beside the conductor.
            var first = plan.Experts == 0 ? "gateway,conductor,expert" : "gateway,conductor";
            await cluster.AddAsync("gateway-0", first, plan.Urls, plan, connectionString, logs, output, ct);
            for (var i = 0; i < plan.Experts; i++)
                await cluster.AddAsync($"expert-{i}", "expert", "http://127.0.0.1:0", plan, connectionString, logs, output, ct);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        await output.WriteLineAsync($"The cluster runs: {cluster._silos.Count} silos, logs in {logs}. Ctrl-C drains and stops everything.");
        await output.FlushAsync(CancellationToken.None);
        return cluster;
    }

    /// <summary>Waits for the signal to stop; throws <see cref="HostException"/> where a silo ends before it.</summary>
    public async Task WaitAsync(TextWriter output, CancellationToken ct)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var waiting = ct.Register(asked.SetResult);
        var ended = await Task.WhenAny(_silos.Select(silo => silo.Ended).Prepend(asked.Task));
        if (ended != asked.Task)
            throw new HostException($"The silo {_silos.First(silo => silo.Ended.IsCompleted).Name} ended by itself; its log says why.");
        await output.WriteLineAsync("Stopping: first the gateway, so that queries under way end; then the experts.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
    }

    private async Task AddAsync(string name, string roles, string urls, LocalPlan plan, string connectionString, string logs, TextWriter output, CancellationToken ct)
    {
        List<string> arguments = ["--roles", roles, "--urls", urls, "--stop-with-input"];
        if (plan.ConfigFile is not null)
            arguments.AddRange(["--config", plan.ConfigFile]);
        string[] own =
        [
            $"Orchestra:Cluster:SiloName={name}", "Orchestra:Cluster:Address=127.0.0.1", $"Orchestra:Cluster:SiloPort={FreePort.Take()}", $"Orchestra:Cluster:GatewayPort={FreePort.Take()}",
            "Orchestra:Storage:Kind=postgres", $"Orchestra:Storage:Folder={plan.Folder}",
        ];
        arguments.AddRange(own.Concat(plan.Settings).SelectMany(setting => new[] { "--set", setting }));
        var silo = new SiloProcess(name, arguments, connectionString, Path.Combine(logs, $"{name}.log"));
        _silos.Add(silo);
        await silo.StartAsync(output, ct);
    }
}
