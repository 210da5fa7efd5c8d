using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Cluster.Tests.Clusters;

/// <summary>One silo that serves and conducts, and two that each hold one replica of the expert <c>small</c>; the test scripts its upstream.</summary>
internal sealed class PairCluster : IAsyncDisposable
{
    private readonly RunningCluster _cluster;

    private PairCluster(RunningCluster cluster, FaultyUpstream upstream)
    {
        _cluster = cluster;
        Upstream = upstream;
        Api = new ClusterApi(cluster);
    }

    public FaultyUpstream Upstream { get; }

    public ClusterApi Api { get; }

    /// <summary>The services of the silo that serves and conducts.</summary>
    public IServiceProvider Services => _cluster[RunningCluster.First].Services;

    /// <summary>Where Orleans' clients reach the cluster.</summary>
    public IPEndPoint OrleansGateway => Services.GetRequiredService<ILocalSiloDetails>().GatewayAddress.Endpoint;

    public static async Task<PairCluster> StartAsync(FaultyUpstream upstream, int maxConcurrency = 64, int maxQueue = 256)
    {
        var cluster = await RunningCluster.StartAsync(new Dictionary<string, object>
        {
            ["small"] = ChatExpert.At(upstream.Endpoint, replicas: 2, maxConcurrency: maxConcurrency, maxQueue: maxQueue),
            ["calculator"] = ChatExpert.Calculator,
        });
        try
        {
            await cluster.AddExpertsAsync("west", 0);
            await cluster.AddExpertsAsync("east", 0);
            return new PairCluster(cluster, upstream);
        }
        catch
        {
            await cluster.DisposeAsync();
            await upstream.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
