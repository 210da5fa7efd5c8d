using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;
using Orchestra.Core.Hosting;
using Orchestra.Gateway;
using Orchestra.Gateway.Health;
using Orchestra.Gateway.Metrics;
using Orchestra.Grains.Hosting;
using Orchestra.Hosting.Configuration;
using Orchestra.Hosting.Experts;
using Orchestra.Hosting.Http;
using Orchestra.Silo.Clustering;
using Orchestra.Silo.Draining;
using Orchestra.Silo.Roles;
using Orchestra.Silo.Schema;
using Orchestra.Storage;

namespace Orchestra.Silo;

/// <summary>One silo: the parts of its roles, in one process with a small web server.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IAsyncDisposable> _owned;
    private readonly TimeSpan _shutdownTimeout;

    private SiloHost(WebApplication app, List<IAsyncDisposable> owned, TimeSpan shutdownTimeout)
    {
        _app = app;
        _owned = owned;
        _shutdownTimeout = shutdownTimeout;
    }

    /// <summary>The silo's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where its web server listens.</summary>
    public IReadOnlyCollection<string> Addresses { get; private set; } = [];

    /// <summary>Starts a silo and says on <paramref name="output"/> what it is and where it listens.</summary>
    public static async Task<SiloHost> StartAsync(HostSettings settings, TextWriter output, CancellationToken ct)
    {
        var options = settings.Load();
        var roles = SiloRoles.Of(options);
        var addresses = SiloAddresses.Of(options.Cluster);
        var urls = HttpHost.Urls(settings.Urls);
        HttpHost.Addresses(urls);
        var builder = HttpHost.CreateBuilder("orchestra-silo", options, urls);
        var loggers = LoggerFactory.Create(HttpHost.Configure);
        var owned = new List<IAsyncDisposable>();
        try
        {
            builder.Services.AddSingleton(loggers);
            var storage = await OpenStorage.OpenAsync(options.Storage, loggers, ct);
            owned.Add(storage);
            var database = SiloSchema.Connect(options.Storage);
            owned.Add(database);
            await SiloSchema.ApplyAsync(database, loggers.CreateLogger("Orchestra.Silo.Schema"), ct);
            builder.UseOrleans(silo =>
            {
                SiloClustering.Use(silo, options, addresses, database);
                silo.AddOrchestraGrains(roles.IsConductor, HeldExperts.RoomOf(options, roles, loggers));
            });
            if (roles.HasDomain)
                owned.Add(AddDomain(builder, options, roles, storage, loggers));
            SiloDrain.Add(builder.Services, options.Gateway.ShutdownTimeout);
            builder.Services.TryAddSingleton<Readiness>();
            builder.Services.TryAddSingleton<MetricsCollector>();
            var host = new SiloHost(builder.Build(), owned, options.Gateway.ShutdownTimeout);
            await host.OpenAsync(options.Gateway, roles, urls, output, ct);
            await output.WriteLineAsync($"Silo {addresses.Name} ({roles}) of cluster {options.Cluster.ClusterId} at {addresses.Address}:{options.Cluster.SiloPort}");
            foreach (var address in host.Addresses)
                await output.WriteLineAsync($"Listening on {address}");
            await output.FlushAsync(CancellationToken.None);
            return host;
        }
        catch
        {
            await DisposeAsync(owned);
            throw;
        }
    }

    /// <summary>Waits until the token is cancelled (Ctrl-C, SIGTERM), then drains and leaves the cluster.</summary>
    public Task WaitForStopAsync(TextWriter output, CancellationToken ct) => GracefulStop.WaitAsync(_app, _shutdownTimeout, output, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await DisposeAsync(_owned);
    }

    private static async Task DisposeAsync(List<IAsyncDisposable> owned)
    {
        for (var i = owned.Count - 1; i >= 0; i--)
            await owned[i].DisposeAsync();
    }

    private static HostExperts AddDomain(WebApplicationBuilder builder, OrchestraOptions options, SiloRoles roles, OpenStorage storage, ILoggerFactory loggers)
    {
        builder.Services.AddSingleton(provider => new LedgerBudgets(
            provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IdGenerator>(),
            // The silo that makes a call renews its lease, so that the lease of a silo that dies runs out wherever the account is.
            OrchestraServices.Accounts(options) with { Renews = false },
            provider.GetRequiredService<ILogger<LedgerBudgets>>()));
        builder.Services.AddClusterDomain(roles.IsConductor, options.Budgets.Lease).AddOrchestra(options).AddGateway();
        storage.AddTo(builder.Services);
        var tools = HostExperts.CreateTools(options, loggers);
        foreach (var tool in tools.Experts)
            builder.Services.AddExpert(tool);
        foreach (var (name, expert) in options.Experts.Where(expert => expert.Value.Kind == "openai"))
            builder.Services.AddSingleton<IExpert>(provider => PlacedExperts.Create(name, expert, provider));
        return tools;
    }

    private async Task OpenAsync(GatewayOptions options, SiloRoles roles, string[] urls, TextWriter output, CancellationToken ct)
    {
        if (roles.IsGateway)
        {
            await (await GatewayStart.MapAsync(_app, ct)).WriteAsync(output);
        }
        else
        {
            HealthEndpoints.Map(_app);
            MetricsEndpoints.Map(_app, options);
        }

        Addresses = await HttpHost.ListenAsync(_app, urls, ct);
        GatewayStart.Open(_app);
    }
}
