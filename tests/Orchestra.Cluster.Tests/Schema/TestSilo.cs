using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orchestra.Silo.Local;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Orchestra.Cluster.Tests.Schema;

/// <summary>A silo whose membership, states and reminders lie in a test's database.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    /// <summary>The name of the storage of states.</summary>
    public const string Storage = "states";

    /// <summary>Between two calls of a reminder.</summary>
    public static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);

    private readonly IHost _host;
    private readonly NpgsqlDataSource _source;

    private TestSilo(IHost host, NpgsqlDataSource source)
    {
        _host = host;
        _source = source;
    }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>One that is not started, for what its parts do alone.</summary>
    public static TestSilo Create(string connectionString, string name, bool deleteOnClear = false)
    {
        var source = SchemaDatabase.Connect(connectionString);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => Configure(silo, source, name, deleteOnClear));
        return new TestSilo(builder.Build(), source);
    }

    /// <summary>Starts one; the database has the schema already.</summary>
    public static async Task<TestSilo> StartAsync(string connectionString, string name, bool deleteOnClear = false)
    {
        var started = Create(connectionString, name, deleteOnClear);
        try
        {
            await started._host.StartAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it as an operator does: it leaves the cluster.</summary>
    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _source.DisposeAsync();
    }

    private static void Configure(ISiloBuilder silo, NpgsqlDataSource source, string name, bool deleteOnClear)
    {
        silo.Configure<Orleans.Configuration.ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("orchestra", "orchestra"));
        silo.Configure<SiloOptions>(options => options.SiloName = name);
        silo.ConfigureEndpoints(IPAddress.Loopback, FreePort.Take(), FreePort.Take());
        silo.UseAdoNetClustering(options => (options.Invariant, options.DataSource) = ("Npgsql", source));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.DataSource) = ("Npgsql", source));
        silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = ShortestPeriod);
        silo.AddAdoNetGrainStorage(Storage, builder => builder.Configure<IServiceProvider>((options, services) =>
        {
            (options.Invariant, options.DataSource, options.DeleteStateOnClear) = ("Npgsql", source, deleteOnClear);
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>());
        }));
        // Fast enough for a test that waits for a dead silo to be noticed.
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            options.DefunctSiloCleanupPeriod = null;
        });
    }
}
